type DriverError = {
  code?: unknown;
  cause?: { kind?: unknown; originalCode?: unknown };
  meta?: { driverAdapterError?: unknown };
};

/** What Postgres, pg and Prisma call a failure: SQLSTATE, errno, `P1001`, the driver adapter's kind. Prisma hides some of them in `meta`. */
export function failureCodes(error: unknown): readonly unknown[] {
  if (typeof error !== 'object' || error === null) return [];

  const { code, cause, meta } = error as DriverError;
  return [code, cause?.kind, cause?.originalCode, ...failureCodes(meta?.driverAdapterError)].filter(
    (each) => each !== undefined,
  );
}
