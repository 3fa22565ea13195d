import { parseArgs } from 'node:util';
import type { Route } from './variants.ts';

export type Options = Readonly<{
  /** Each round visits every variant twice: there and back. */
  rounds: number;
  secondsPerVisit: number;
  connections: number;
  /** Only this; null for all. */
  only: Route | 'sign-in' | null;
  writesResults: boolean;
}>;

const HELP = `npm run bench -- [options]

Measures what a request costs the server, in microseconds of CPU, side by side with hand-written servers.
Builds what is out of date; Postgres and Redis are started like for the tests.

  --quick               one short round, to see that it works; writes no results
  --rounds <n>          rounds, each of which visits every variant twice (default 5)
  --seconds <n>         seconds per visit (default 2)
  --connections <n>     connections of the load (default 32)
  --only <what>         trivial, order or sign-in; writes no results
  --help                this text
`;

/** Null when only help was asked for. */
export function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      connections: { type: 'string', default: '32' },
      only: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return null;
  }
  return {
    rounds: positive(values.rounds ?? (values.quick ? '1' : '5')),
    secondsPerVisit: positive(values.seconds ?? (values.quick ? '0.7' : '2')),
    connections: positive(values.connections),
    only: partNamed(values.only),
    writesResults: !values.quick && values.only === undefined,
  };
}

function partNamed(text: string | undefined): Options['only'] {
  if (text === undefined || text === 'trivial' || text === 'order' || text === 'sign-in') return text ?? null;
  throw new Error(`"${text}" is no part of the benchmark. See npm run bench -- --help`);
}

function positive(text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  throw new Error(`"${text}" is not a positive number. See npm run bench -- --help`);
}
