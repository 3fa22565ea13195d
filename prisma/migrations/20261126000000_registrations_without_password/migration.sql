-- A link that was asked for while attempts with different passwords wait belongs to none of them.
ALTER TABLE "registrations" ALTER COLUMN "password_hash" DROP NOT NULL;
