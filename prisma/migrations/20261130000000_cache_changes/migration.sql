-- CreateTable
CREATE TABLE "cache_changes" (
    "transaction" BIGINT NOT NULL,
    "tag" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cache_changes_pkey" PRIMARY KEY ("transaction","tag")
);

-- CreateIndex
CREATE INDEX "cache_changes_changed_at_idx" ON "cache_changes"("changed_at");
