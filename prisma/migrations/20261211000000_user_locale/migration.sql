SET LOCAL lock_timeout = '5s';

-- CreateEnum
CREATE TYPE "locale" AS ENUM ('en', 'de');

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "locale" "locale";

-- AlterTable
ALTER TABLE "registrations" ADD COLUMN     "locale" "locale";
