import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { isNewEnough } from '../../bootstrap/node.mjs';
import { BIN } from '../../bootstrap/places.mjs';
import { missing, ok } from '../finding.mjs';

/** The first that can run tools/bootstrap.mjs. */
const BEGINS_WITH = 20;
const INSTALL = 'install Node 24 from https://nodejs.org';

export const nodeFacts = (comesWithPackages) => ({
  running: process.versions.node,
  fromNpm: versionOf(join(BIN, 'node')),
  comesWithPackages,
});

function versionOf(program) {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim().replace(/^v/, '') : null;
}

/** @param {{ running: string, fromNpm: string | null, comesWithPackages: boolean }} facts the last: npm is still to bring it */
export function checkNode({ running, fromNpm, comesWithPackages }) {
  if (Number.parseInt(running, 10) < BEGINS_WITH)
    return missing('Node', `${running}, and ${BEGINS_WITH} or later has to begin`, INSTALL);
  if (fromNpm !== null) return ok('Node', `${fromNpm} from npm`);
  if (isNewEnough(running)) return ok('Node', `${running}, this machine's own`);
  if (comesWithPackages) return ok('Node', `${running} begins; 24 comes with the packages`);
  return missing('Node', `${running}, and npm has no 24 that runs here`, INSTALL);
}
