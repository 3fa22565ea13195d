export const CREATE_PARCELS = `CREATE TABLE IF NOT EXISTS parcels (
  id uuid PRIMARY KEY, sender_id uuid NOT NULL, contents jsonb NOT NULL, status text NOT NULL DEFAULT 'sent',
  version int NOT NULL DEFAULT 1, sent_at timestamptz(3) NOT NULL DEFAULT now())`;

/** A row for each run of the job: without a key, which would hide that one ran twice. */
export const CREATE_PARCEL_COUNTS =
  'CREATE TABLE IF NOT EXISTS parcel_counts (job_id uuid NOT NULL, parcels int NOT NULL)';
