import { spawnSync } from 'node:child_process';
import { chooseNode } from '../bootstrap/node.mjs';
import { ROOT } from '../bootstrap/places.mjs';
import { checkFolder, folderFacts } from './before-install/folder.mjs';
import { checkNode, nodeFacts } from './before-install/node.mjs';
import { checkNpm, npmVersion } from './before-install/npm.mjs';
import { checkPackages, packageFacts } from './before-install/packages.mjs';
import { checkDisk, checkMemory, spaceFacts } from './before-install/space.mjs';
import { checkSystem, hasNodePackage, systemFacts } from './before-install/system.mjs';
import { missing, optional } from './finding.mjs';

const PATIENCE_MS = 60_000;

/** Changes nothing: what is missing is neither installed nor fetched nor built. @returns {import('./finding.mjs').Finding[]} */
export function examine(env = process.env) {
  const [system, packages] = [systemFacts(), packageFacts()];
  const node = checkNode(nodeFacts(!packages.isInstalled && hasNodePackage(system)));
  const space = spaceFacts(packages.isInstalled);
  const bare = [
    node,
    checkNpm(npmVersion()),
    checkSystem(system),
    checkFolder(folderFacts(env)),
    checkDisk(space),
    checkMemory(space),
    checkPackages(packages),
  ];
  const isReady = packages.isInstalled && node.state === 'ok';
  return [
    ...bare,
    ...(isReady ? withPackages(env) : [optional('The rest', 'can be told once Node and packages are there')]),
  ];
}

/** By a program of its own: it needs Node 24 and what is in node_modules, and we may have neither. */
function withPackages(env) {
  const options = { cwd: ROOT, env, encoding: 'utf8', timeout: PATIENCE_MS };
  return findingsOf(spawnSync(chooseNode(), ['tools/doctor/after-install/examine.ts'], options));
}

/** @param {{ status: number | null, stdout: string, stderr: string }} ended @returns {import('./finding.mjs').Finding[]} */
export function findingsOf({ status, stdout, stderr }) {
  if (status === 0) return JSON.parse(stdout);
  const reason = /^\w*Error.*$/m.exec(stderr)?.[0] ?? 'no answer';
  return [missing('The rest', `cannot be told (${reason})`, 'npm ci')];
}
