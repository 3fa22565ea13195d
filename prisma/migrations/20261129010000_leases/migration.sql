-- CreateTable
CREATE TABLE "leases" (
    "key" TEXT NOT NULL,
    "token" BIGSERIAL NOT NULL,
    "holder" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "leases_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "leases_expires_at_idx" ON "leases"("expires_at");
