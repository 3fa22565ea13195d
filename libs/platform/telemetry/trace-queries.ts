import type { ClientBase } from 'pg';
import { ClientCalls, type ClientOperation } from './client-calls.js';
import { telemetryIsOn } from './start.js';

type Query = string | Readonly<{ text: string; name?: string; submit?: unknown }>;
type Callback = (error: unknown, result: unknown) => void;
// pg overloads `query` eight times over; the arguments are passed on untouched.
type AnyQuery = (...args: unknown[]) => Promise<unknown> | undefined;

const SYSTEM = { 'db.system.name': 'postgresql' } as const;

/**
 * Traces every statement of a connection, wherever it comes from: Prisma, plain SQL, BEGIN and COMMIT.
 * Use it as a pool's listener: `pool.on('connect', traceQueries())`.
 */
export function traceQueries(): (connection: ClientBase) => void {
  if (!telemetryIsOn()) return () => undefined;

  const calls = new ClientCalls();
  const describe = describer();
  return (connection) => {
    const send = connection.query.bind(connection) as AnyQuery;
    const traced: AnyQuery = (...args) => {
      const query = args[0] as Query;
      const callback = args.at(-1);
      // A cursor or a stream: it ends when its reader is done, which is not ours to measure.
      if (typeof query === 'object' && query.submit !== undefined && typeof callback !== 'function')
        return send(...args);

      const finish = calls.start(describe(query));
      if (typeof callback === 'function') return send(...args.slice(0, -1), answering(callback as Callback, finish));

      const result = send(...args);
      result?.then(() => finish(), finish);
      return result;
    };
    connection.query = traced as typeof connection.query;
  };
}

function answering(callback: Callback, finish: (error?: unknown) => void): Callback {
  return (error, result) => {
    finish(error);
    callback(error, result);
  };
}

/** Named statements are few and say what they are for; others are described by their text, which holds placeholders and no values. */
function describer(): (query: Query) => ClientOperation {
  const named = new Map<string, ClientOperation>();

  return (query) => {
    const { text, name } = typeof query === 'string' ? { text: query, name: undefined } : query;
    if (name !== undefined)
      return remember(named, name, () => ({
        name,
        span: { ...SYSTEM, 'db.query.summary': name },
        metric: { ...SYSTEM, 'db.query.summary': name },
      }));

    const operation = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'QUERY';
    const metric = { ...SYSTEM, 'db.operation.name': operation };
    return { name: operation, span: { ...metric, 'db.query.text': text }, metric };
  };
}

function remember<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
