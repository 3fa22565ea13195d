import { CommandFailed } from '../run-node.ts';
import { apply, CHANGED_BY_FEATURES, type Change, changesIn, describeChange, requireCleanTree } from './changes.ts';
import { Copy } from './copy.ts';

/** What every such command takes, for `parseArgs`. */
export const MODE_OPTIONS = {
  'dry-run': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** `json`: prints the changes for a program instead of making them. `files`: what may change; else what features are made of. */
export type Mode = Readonly<{ 'dry-run': boolean; json: boolean; force: boolean; files?: readonly string[] }>;

/**
 * Does the work in a copy of this checkout, and brings what has changed here only when all of it succeeded.
 * @param prepare throws what is wrong with the request before anything is copied, and gives back the work, which says what is next
 * @returns the exit code
 */
export function inCopy(mode: Mode, prepare: () => (copy: Copy) => string): number {
  const { 'dry-run': dryRun, json, force, files = CHANGED_BY_FEATURES } = mode;
  let copy: Copy | undefined;
  try {
    const work = prepare();
    if (!force) requireCleanTree(', or go on beside them with --force');
    copy = new Copy();
    const next = work(copy);
    const changes = changesIn(copy.root, files);
    if (json) console.log(JSON.stringify({ changes, next }));
    else show(changes, next, dryRun);
    return 0;
  } catch (error) {
    console.error(error instanceof CommandFailed ? `${error.output}\n${error.message}` : (error as Error).message);
    console.error('Nothing was changed.');
    return 1;
  } finally {
    copy?.remove();
  }
}

/** Beside what is asked for: standard output is for the result. */
export const say = (what: string): void => console.error(`${what} …`);

function show(changes: readonly Change[], next: string, dryRun: boolean): void {
  if (!dryRun) apply(changes);
  for (const change of changes) console.log(describeChange(change));
  console.log(dryRun ? '\nNothing was changed: this was a dry run.' : `\n${next}`);
}
