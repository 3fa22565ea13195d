import { formatIn, writeDocumentsIn } from '../../features/run-in.ts';
import { CommandFailed } from '../../run-node.ts';
import { editPackages } from '../packages.ts';
import { git } from './git.ts';
import type { ByHand, Updated } from './update-project.ts';

const LOCK = 'package-lock.json';
const DOCUMENTS = 'openapi.json, docs';
const LATER = 'npm run openapi and npm run docs write them anew';

/** What is made of what was merged. @returns what cannot be made yet, with the command that makes it */
export function writeGenerated(root: string, { hasOtherPackages }: Updated): ByHand[] {
  const packages = hasOtherPackages ? attempt(LOCK, 'npm install writes it anew', () => lockPackages(root)) : [];
  if (hasOtherPackages || hasConflicts(root)) return [...packages, { path: DOCUMENTS, why: LATER }];
  return attempt(DOCUMENTS, LATER, () => {
    formatIn(root);
    writeDocumentsIn(root);
    git(root, ['add', '--update']);
  });
}

function lockPackages(root: string): void {
  editPackages(root, ['install', '--package-lock-only', '--ignore-scripts', '--prefer-offline']);
  git(root, ['add', '--', LOCK]);
}

const hasConflicts = (root: string): boolean => git(root, ['ls-files', '--unmerged']) !== '';

function attempt(path: string, later: string, work: () => void): ByHand[] {
  try {
    work();
    return [];
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    return [{ path, why: `${later}; now it failed: ${error.output.trim()}` }];
  }
}
