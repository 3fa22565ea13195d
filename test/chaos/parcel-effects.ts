import pg from 'pg';

export type Effects = Readonly<{
  parcels: number;
  delivered: number;
  changedTwice: number;
  openJobs: number;
  deadLetters: number;
}>;

const EFFECTS = `
  WITH mine AS (SELECT o.* FROM parcels o JOIN users u ON u.id = o.sender_id WHERE u.email = $1)
  SELECT count(*)::int AS parcels,
         (count(*) FILTER (WHERE status = 'delivered'))::int AS delivered,
         (count(*) FILTER (WHERE version > 2))::int AS "changedTwice",
         (SELECT count(*) FROM jobs WHERE payload ->> 'parcelId' IN (SELECT id::text FROM mine))::int AS "openJobs",
         (SELECT count(*) FROM dead_letters WHERE payload ->> 'parcelId' IN (SELECT id::text FROM mine))::int AS "deadLetters"
  FROM mine`;

/** What became of somebody's parcels. A delivery is one change of one parcel, so its version tells how often it happened. */
export async function parcelEffects(databaseUrl: string, userEmail: string): Promise<Effects> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Effects>(EFFECTS, [userEmail]);
    return rows[0] as Effects;
  } finally {
    await client.end();
  }
}
