/** `npm run keys:rotate`: a new signing key in three steps, none of which makes a valid token fail. */
import type { Algorithm } from '../../libs/platform/config/values/new-signing-key.ts';
import { type Arguments, HELP, readArguments } from './arguments.ts';
import { type KeyPlace, keyPlace, replaceFile } from './key-file.ts';
import { formatKeySet, type KeySet, parseKeySet, Refusal } from './key-set.ts';
import { describeKeys, describeNext } from './report.ts';
import { publish, retire, sign } from './steps.ts';

async function main(argv: readonly string[]): Promise<void> {
  const asked = readArguments(argv, process.env);
  if (asked.help) return console.log(HELP);

  const place = keyPlace(asked.file, process.env);
  const isDone = asked.step !== 'show';
  if (isDone) requireSafeOutput(place, asked);

  const set = take(asked, parseKeySet(await place.read()));
  if (isDone) write(place, set);
  // Standard output may be the set itself.
  console.error(
    `${place.name}${isDone ? `, after ${asked.step}` : ''}:\n${describeKeys(set)}\n\n${describeNext(set, { ...asked, isDone })}`,
  );
}

function requireSafeOutput({ path }: KeyPlace, { print }: Arguments): void {
  if (path === null && process.stdout.isTTY && !print) {
    throw new Refusal(
      'Private keys are not written to a terminal: redirect standard output to a file, or say --print.',
    );
  }
}

function write({ path }: KeyPlace, set: KeySet): void {
  if (path === null) process.stdout.write(formatKeySet(set));
  else replaceFile(path, formatKeySet(set));
}

function take({ step, alg, deployedAt, isForced, accessTtlSeconds }: Arguments, set: KeySet): KeySet {
  const now = new Date();
  if (step === 'publish') return publish(set, alg ?? (set.keys[0]?.alg as Algorithm), now);
  if (step === 'sign') return sign(set, { now, deployedAt, isForced });
  if (step === 'retire') return retire(set, accessTtlSeconds, { now, deployedAt, isForced });
  return set;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 1;
}
