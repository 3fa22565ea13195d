import { inDatabase } from '#platform/testing/system/administration.js';
import type { Environment } from '#platform/testing/system/program.js';

const JOB = 'parcels.count';

/** Writes each time of the schedule down that is enqueued, in the transaction that does it. */
const RECORD = `
  CREATE TABLE ticks (due_at timestamptz NOT NULL);
  CREATE FUNCTION record_tick() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO ticks VALUES (OLD.next_at); RETURN NULL; END $$;
  CREATE TRIGGER record_ticks AFTER UPDATE ON schedules FOR EACH ROW
    WHEN (NEW.name = '${JOB}' AND NEW.last_at IS DISTINCT FROM OLD.last_at) EXECUTE FUNCTION record_tick()`;
const COUNT = `
  SELECT (SELECT count(*) FROM ticks)::int AS ticks,
         (SELECT count(DISTINCT due_at) FROM ticks)::int AS times,
         (SELECT count(*) FROM parcel_counts)::int AS effects,
         (SELECT count(DISTINCT job_id) FROM parcel_counts)::int AS jobs`;

/** What a schedule of one second has done: how often it was enqueued and for how many times, how often it ran and as how many jobs. */
export type Ticks = Readonly<{ ticks: number; times: number; effects: number; jobs: number }>;

/** Before any worker runs. */
export const recordTicks = (env: Environment): Promise<unknown> => inDatabase({ env }, RECORD);
export const pauseTicks = (env: Environment): Promise<unknown> =>
  inDatabase({ env }, `UPDATE schedules SET is_paused = true WHERE name = '${JOB}'`);
export const countTicks = async (env: Environment): Promise<Ticks> =>
  (await inDatabase<Ticks>({ env }, COUNT))[0] as Ticks;
