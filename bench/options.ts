import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MEASURED_FEATURES } from './feature-benchmarks.ts';

const PARTS: readonly string[] = [
  ...['trivial', 'read', 'send', 'sign-in', 'sign-ins', 'cache', 'jobs'],
  ...MEASURED_FEATURES,
];

export type Options = Readonly<{
  /** Each with newly started servers. */
  rounds: number;
  /** How often a round visits each of them. */
  turns: number;
  secondsPerVisit: number;
  connections: number;
  /** Only this; null for all. */
  only: string | null;
  /** Folders in which other states of this repository were built; the API of each is compared with this one. */
  against: readonly string[];
  writesResults: boolean;
}>;

const HELP = `npm run bench -- [options]

Measures what a request costs the server, in microseconds of CPU, side by side with hand-written servers.
Builds what is out of date; Postgres and Redis are started like for the tests.

  --quick               one short round, to see that it works; writes no results
  --rounds <n>          rounds, each with newly started servers (default 3)
  --turns <n>           visits to each of them in a round (default 80); for --against --only sign-in 20 are enough
  --seconds <n>         seconds per visit (default 0.05)
  --connections <n>     connections of the load (default 32)
  --only <what>         one of ${PARTS.join(', ')}; writes no results
  --against <folder>    compares this API with the one that was built in that folder: a parcel read, a parcel sent,
                        a sign-in; may be given several times; writes no results
  --help                this text
`;

/** Null when only help was asked for. */
export function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      turns: { type: 'string' },
      seconds: { type: 'string' },
      connections: { type: 'string', default: '32' },
      only: { type: 'string' },
      against: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return null;
  }
  return {
    rounds: positive(values.rounds ?? (values.quick ? '1' : '3')),
    turns: positive(values.turns ?? (values.quick ? '4' : '80')),
    secondsPerVisit: positive(values.seconds ?? '0.05'),
    connections: positive(values.connections),
    only: partNamed(values.only),
    against: values.against.map(builtFolder),
    writesResults: !values.quick && values.only === undefined && values.against.length === 0,
  };
}

function partNamed(text: string | undefined): Options['only'] {
  const part = PARTS.find((each) => each === text);
  if (part !== undefined || text === undefined) return part ?? null;
  throw new Error(`"${text}" is no part of the benchmark. See npm run bench -- --help`);
}

function builtFolder(text: string): string {
  const folder = resolve(text);
  if (existsSync(join(folder, 'dist/test/specimen/api.js'))) return folder;
  throw new Error(`Nothing is built in ${folder}: run npm run bench -- --quick there.`);
}

function positive(text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  throw new Error(`"${text}" is not a positive number. See npm run bench -- --help`);
}
