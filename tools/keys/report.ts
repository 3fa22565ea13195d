import type { Step } from './arguments.ts';
import type { KeySet } from './key-set.ts';
import { canSign } from './signing-key.ts';
import { JWKS_MAX_AGE_SECONDS } from './steps.ts';

const WAIT_MINUTES = Math.ceil(JWKS_MAX_AGE_SECONDS / 60) + 1;

/** What there is, with nothing secret in it. */
export function describeKeys({ keys }: KeySet): string {
  return keys
    .map((key, index) => {
      const waits = canSign(key) ? 'published, waits to sign' : 'verifies only';
      const role = index === 0 ? 'signs' : waits;
      return `  ${key.kid}  ${key.alg}  ${role}${key.since ? ` since ${key.since}` : ''}`;
    })
    .join('\n');
}

/** The step that comes next, judged by the set alone. */
function nextStep({ keys }: KeySet): Exclude<Step, 'show'> {
  const others = keys.slice(1);
  if (others.some(canSign)) return 'sign';
  return others.length > 0 ? 'retire' : 'publish';
}

/** What to do now, after a step or when asked. */
export function describeNext(
  set: KeySet,
  { accessTtlSeconds, isDone }: Readonly<{ accessTtlSeconds: number; isDone: boolean }>,
): string {
  const next = nextStep(set);
  const deploy = isDone ? 'Deploy this set to every process. ' : '';
  if (next === 'publish')
    return isDone ? 'Deploy this set to every process, and the rotation is done.' : 'To begin a rotation: publish.';

  const minutes = next === 'sign' ? WAIT_MINUTES : Math.ceil(accessTtlSeconds / 60) + 1;
  return `${deploy}Next, ${minutes} minutes after the last process has started with it:\n  npm run keys:rotate -- ${next} --deployed-at=<when that was>`;
}
