import type { QueryResult } from 'pg';
import type { NamedStatement } from './named-statement.js';
import type { Queryable } from './queryable.js';

/** What each connection is busy with: what is asked in between comes after all of it. */
const busy = new WeakMap<Queryable, Promise<void>>();

/** By pg's own named queries. */
export function sendOneByOne(queryable: Queryable, statements: readonly NamedStatement[]): void {
  busy.set(
    queryable,
    (busy.get(queryable) ?? Promise.resolve()).then(() => runInTurn(queryable, statements)),
  );
}

async function runInTurn(queryable: Queryable, statements: readonly NamedStatement[]): Promise<void> {
  let failure: Error | null = null;
  for (const statement of statements) {
    failure ??= await run(queryable, statement);
    statement.settle(failure);
  }
}

function run(queryable: Queryable, statement: NamedStatement): Promise<Error | null> {
  const { name, text } = statement.statement;
  return new Promise((resolve) => {
    const answered = (error: Error | null | undefined, result?: QueryResult) => {
      if (result) statement.answer(result.rows, result.command);
      resolve(error ?? null);
    };
    queryable.query({ name, text, values: statement.values }, undefined, answered);
  });
}
