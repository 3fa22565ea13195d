-- A relay that is older than this reads along the index that goes. On many open jobs make the new one first, CONCURRENTLY and under another name.

-- DropIndex
DROP INDEX "jobs_published_at_run_at_id_idx";

-- AlterTable
ALTER TABLE "jobs" ADD COLUMN     "priority" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "jobs_published_at_priority_run_at_id_idx" ON "jobs"("published_at", "priority", "run_at", "id");
