const COLUMNS = 'id, sender_id, contents, status, version, sent_at';

export const FIND_PARCEL = { name: 'find-parcel', text: `SELECT ${COLUMNS} FROM parcels WHERE id = $1` };
export const FIND_OWN_PARCEL = {
  name: 'find-own-parcel',
  text: `SELECT ${COLUMNS} FROM parcels WHERE id = $1 AND sender_id = $2`,
};

export type ParcelRow = Readonly<{
  id: string;
  status: string;
  version: number;
  contents: readonly { what: string; count: number }[];
  sent_at: Date;
}>;

export function toParcel(row: ParcelRow) {
  return { id: row.id, contents: row.contents, status: row.status, sentAt: row.sent_at };
}
