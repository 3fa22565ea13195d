import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { chromiumPath } from '../../../test/browser/chromium.ts';
import { localDirectory } from '../../servers/local-directory.ts';
import { presentPgBouncer } from '../../servers/pgbouncer/program.ts';
import { type Finding, ok, optional } from '../finding.mjs';

type ExtraFacts = Readonly<{
  hasDocker: boolean;
  hasChromium: boolean;
  pgBouncer: string | undefined;
  git: string | undefined;
}>;

export const extraFacts = async (hasDocker: boolean): Promise<ExtraFacts> => ({
  hasDocker,
  hasChromium: chromiumPath() !== undefined,
  pgBouncer: (await presentPgBouncer(join(localDirectory(), 'pgbouncer-program')))?.origin,
  git: /\d[\d.]*/.exec(spawnSync('git', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[0],
});

export function checkExtras({ hasDocker, hasChromium, pgBouncer, git }: ExtraFacts): readonly Finding[] {
  return [
    hasDocker
      ? ok('Docker', 'its engine answers')
      : optional('Docker', 'no engine answers', 'start it, or Podman with podman-docker, to build the image'),
    hasChromium
      ? ok('Chromium', 'on the PATH')
      : optional('Chromium', 'not on the PATH, so npm test leaves browsers out', 'sudo apt-get install chromium'),
    pgBouncer !== undefined
      ? ok('PgBouncer', pgBouncer)
      : optional(
          'PgBouncer',
          'npm test fetches it on Debian, and elsewhere leaves poolers out',
          'install 1.21 or later',
        ),
    git !== undefined ? ok('git', git) : optional('git', 'not on the PATH', 'sudo apt-get install git'),
  ];
}
