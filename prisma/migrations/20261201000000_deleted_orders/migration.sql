-- A release that is older than this one reads along the indexes that go. Where it still answers while this runs, on many orders, make the new
-- ones first, CONCURRENTLY and under other names, and drop the old ones a release later.

-- DropIndex
DROP INDEX "orders_status_user_id_id_idx";

-- DropIndex
DROP INDEX "orders_user_id_id_idx";

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "orders_user_id_id_idx" ON "orders"("user_id", "id") WHERE (deleted_at IS NULL);

-- CreateIndex
CREATE INDEX "orders_status_user_id_id_idx" ON "orders"("status", "user_id", "id") WHERE (deleted_at IS NULL);

-- CreateIndex
CREATE INDEX "orders_deleted_at_id_idx" ON "orders"("deleted_at", "id") WHERE (deleted_at IS NOT NULL);
