import { parseArgs } from 'node:util';
import { ALGORITHMS, type Algorithm } from '../../libs/platform/config/values/new-signing-key.ts';
import { readVariables } from '../../libs/platform/config/variables.ts';
import { Refusal } from './key-set.ts';

export const STEPS = ['show', 'publish', 'sign', 'retire'] as const;
export type Step = (typeof STEPS)[number];

export type Arguments = Readonly<{
  step: Step;
  alg: Algorithm | null;
  file: string | null;
  deployedAt: Date | null;
  accessTtlSeconds: number;
  isForced: boolean;
  print: boolean;
  help: boolean;
}>;

/** What the configuration allows at most: without knowing how long tokens live, one waits for the longest. */
export const LONGEST_ACCESS_TTL_SECONDS = 3_600;

export const HELP = `npm run keys:rotate -- <step> [options]: gives access tokens a new signing key, while every valid token stays valid.

  show      the keys of the set and the next step; also without a step
  publish   adds a new key, last: all processes and verifiers learn it before it signs
  sign      puts it first: it signs from now on, the one before only verifies
  retire    removes what no longer signs, once its last token has expired

Deploy after each step: every process reads the set at its start.

  --file=<path>            the set, rewritten in place; "-" reads standard input and writes standard output
                           Default: AUTH_SIGNING_KEYS_FILE, else AUTH_SIGNING_KEYS (to standard output), else the set of npm start
  --alg=ES256|EdDSA|RS256  of the new key. Default: that of the key that signs now
  --deployed-at=<time>     sign, retire: since when the last process has had the set of the step before, such as 2030-01-31T12:00Z
  --access-ttl=<seconds>   retire: AUTH_ACCESS_TTL of the processes. Default: that variable, else 3600, the longest there is
  --force                  does not wait: valid tokens fail. For a key that somebody else may have
  --print                  lets private keys be written to a terminal

In a pipe: npm run --silent keys:rotate -- publish --file=- < old.json > new.json`;

/** @throws Refusal */
export function readArguments(argv: readonly string[], env: NodeJS.ProcessEnv): Arguments {
  const { values, positionals } = parse(argv);
  const [step = 'show', ...more] = positionals;
  if (!isOneOf(STEPS, step) || more.length > 0) throw new Refusal(`There is one step at a time: ${STEPS.join(', ')}.`);
  if (values.alg !== undefined && !isOneOf(ALGORITHMS, values.alg))
    throw new Refusal(`--alg is one of ${ALGORITHMS.join(', ')}.`);
  return {
    step,
    alg: values.alg ?? null,
    file: values.file ?? null,
    deployedAt: timeIn(values['deployed-at']),
    accessTtlSeconds: secondsIn(values['access-ttl'] ?? accessTtlIn(env)),
    isForced: values.force,
    print: values.print,
    help: values.help,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        alg: { type: 'string' },
        file: { type: 'string' },
        'deployed-at': { type: 'string' },
        'access-ttl': { type: 'string' },
        force: { type: 'boolean', default: false },
        print: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new Refusal((error as Error).message);
  }
}

function accessTtlIn(env: NodeJS.ProcessEnv): string | undefined {
  const { values, problems } = readVariables(env, ['AUTH_ACCESS_TTL']);
  if (problems.length > 0) throw new Refusal(problems.join('\n'));
  return values.AUTH_ACCESS_TTL;
}

/** A time without a zone means another one on another machine. */
function timeIn(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const time = new Date(text);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:?\d\d)$/.test(text) || Number.isNaN(time.getTime())) {
    throw new Refusal('--deployed-at is a time with its zone, such as 2030-01-31T12:00Z.');
  }
  return time;
}

function secondsIn(text = String(LONGEST_ACCESS_TTL_SECONDS)): number {
  const seconds = Number(text);
  if (text.trim() === '' || !Number.isInteger(seconds) || seconds < 0)
    throw new Refusal('--access-ttl is a whole number of seconds.');
  return seconds;
}

const isOneOf = <T extends string>(names: readonly T[], text: string): text is T =>
  (names as readonly string[]).includes(text);
