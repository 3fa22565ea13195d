-- DropIndex
DROP INDEX "jobs_published_at_id_idx";

-- AlterTable
ALTER TABLE "jobs" ADD COLUMN     "order_key" TEXT,
ADD COLUMN     "order_position" BIGINT,
ADD COLUMN     "run_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "unique_key" TEXT;

-- CreateTable
CREATE TABLE "schedules" (
    "name" TEXT NOT NULL,
    "expression" TEXT NOT NULL,
    "time_zone" TEXT,
    "missed" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3),
    "is_paused" BOOLEAN NOT NULL DEFAULT false,
    "declared_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "schedules_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "jobs_published_at_run_at_id_idx" ON "jobs"("published_at", "run_at", "id");

-- CreateIndex
CREATE INDEX "jobs_order_key_order_position_idx" ON "jobs"("order_key", "order_position") WHERE (order_key IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "jobs_name_unique_key_key" ON "jobs"("name", "unique_key") WHERE (unique_key IS NOT NULL);

-- For the few jobs that have an order: an identity column would draw a number for every job.
CREATE SEQUENCE "jobs_order_position" OWNED BY "jobs"."order_position";
