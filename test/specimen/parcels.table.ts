export const CREATE_PARCELS = `CREATE TABLE IF NOT EXISTS parcels (
  id uuid PRIMARY KEY, sender_id uuid NOT NULL, contents jsonb NOT NULL, status text NOT NULL DEFAULT 'sent',
  version int NOT NULL DEFAULT 1, sent_at timestamptz(3) NOT NULL DEFAULT now())`;
