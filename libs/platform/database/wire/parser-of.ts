import pg from 'pg';

/** int8 is the type of counts and money; both stay below 2^53 here. Prisma parses its own results. */
const INT8 = 20;

/** How a value is read whose type has this object id in Postgres. */
export function parserOf(oid: number, format?: 'text' | 'binary') {
  if (oid === INT8 && format !== 'binary') return Number;
  return format === undefined ? pg.types.getTypeParser(oid) : pg.types.getTypeParser(oid, format);
}
