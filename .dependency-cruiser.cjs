const TESTS = '\\.(spec|contract)\\.ts$';
const TEST_CODE = [TESTS, '/testing/'];
const layer = (name) => `^libs/features/([^/]+)/${name}/`;
const { dependencies: ofSchemaEngine } = require('./tools/postgres-schema-engine/package.json');
const { dependencies: ofClient } = require('./libs/client/package.json');
const npm = (...names) => `node_modules/(${names.join('|')})/`;

/** The platform from the ground up: a floor stands on those before it, and knows nothing of those after it. */
const FLOORS = {
  kernel: ['kernel'],
  foundations: ['config', 'telemetry', 'request', 'logging'],
  connections: ['database', 'redis', 'mail', 'outbound'],
  services: ['access', 'audit', 'cache', 'flags', 'http', 'jobs', 'operations', 'storage'],
  identity: ['auth'],
  composition: ['openapi', 'pipeline', 'health', 'process'],
};
const floors = Object.values(FLOORS);
const folders = (names) => `^libs/platform/(${names.join('|')})/`;

const floorRule = (floor, comment) => {
  const level = Object.keys(FLOORS).indexOf(floor);
  return {
    name: `${floor}-know-no-floor-above`,
    comment,
    severity: 'error',
    from: { path: folders(floors[level]), pathNot: TEST_CODE },
    to: { path: folders(floors.slice(level + 1).flat()) },
  };
};

/**
 * Arrows go one way: apps → features → platform → kernel; inside a feature http | jobs | commands | infrastructure → application → domain.
 * Every rule has a canary in tools/boundaries/canaries, named after it, that must trip it and nothing else.
 * `$1` is the feature at hand, so the rules hold for features that do not exist yet.
 */
module.exports = {
  forbidden: [
    {
      name: 'kernel-stands-alone',
      comment:
        'The kernel is plain TypeScript: no framework, no other folder. zod describes payloads, uuid makes ids, croner reads schedules.',
      severity: 'error',
      from: { path: '^libs/platform/kernel/', pathNot: TEST_CODE },
      to: { pathNot: ['^libs/platform/kernel/', npm('zod', 'uuid', 'croner')] },
    },
    {
      name: 'domain-is-pure',
      comment: 'Domain code imports its own folder and the kernel. No Nest, no Prisma, no Node modules.',
      severity: 'error',
      from: { path: layer('domain'), pathNot: TEST_CODE },
      to: { pathNot: ['^libs/features/$1/domain/', '^libs/platform/kernel/'] },
    },
    {
      name: 'application-knows-ports-only',
      comment: '@nestjs/common is allowed for @Injectable alone (ESLint checks the name), zod for job payloads.',
      severity: 'error',
      from: { path: layer('application'), pathNot: TEST_CODE },
      to: {
        pathNot: [
          '^libs/features/$1/(domain|application)/',
          '^libs/features/[^/]+/index\\.ts$',
          '^libs/platform/kernel/',
          npm('@nestjs/common', 'zod'),
        ],
      },
    },
    {
      name: 'adapters-do-not-meet',
      comment: 'http, jobs, commands and infrastructure talk through use cases and ports.',
      severity: 'error',
      from: { path: '^libs/features/([^/]+)/(http|jobs|commands|infrastructure)/', pathNot: TEST_CODE },
      to: { path: '^libs/features/$1/(http|jobs|commands|infrastructure)/', pathNot: '^libs/features/$1/$2/' },
    },
    {
      name: 'features-meet-at-the-index',
      comment:
        'Of another feature you see index.ts (what you may call) and *.module.ts (what you may mount). Tests may use its factories.',
      severity: 'error',
      from: { path: '^libs/features/([^/]+)/', pathNot: TEST_CODE },
      to: {
        path: '^libs/features/',
        pathNot: ['^libs/features/$1/', '^libs/features/[^/]+/(index|[^/]+\\.module)\\.ts$'],
      },
    },
    {
      name: 'apps-mount-features',
      comment: 'Apps mount feature modules; they hold no feature code.',
      severity: 'error',
      from: { path: '^apps/', pathNot: TEST_CODE },
      to: { path: '^libs/features/', pathNot: '^libs/features/[^/]+/[^/]+\\.module\\.ts$' },
    },
    {
      name: 'platform-serves-features',
      comment: 'Dependencies never point back: the platform knows no feature and no app.',
      severity: 'error',
      from: { path: '^libs/platform/' },
      to: { path: '^(libs/features|apps)/' },
    },
    floorRule('foundations', 'What every line of code may use needs no server and no request.'),
    floorRule('connections', 'A connection does not know what it is used for.'),
    floorRule('services', 'Answering requests and running jobs does not depend on how people sign in.'),
    floorRule('identity', 'Who somebody is does not depend on how the program is put together.'),
    {
      name: 'platform-has-its-floors',
      comment: 'A new folder of the platform finds its floor in FLOORS, and its line in docs/architecture.md.',
      severity: 'error',
      from: { path: '^libs/platform/', pathNot: [folders(floors.flat()), '^libs/platform/testing/'] },
      to: {},
    },
    {
      name: 'database-behind-its-module',
      comment:
        'Only platform/database opens a Postgres connection, so that timeouts and transactions hold for all. Its types may be named.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['^libs/platform/database/', ...TEST_CODE] },
      to: { path: npm('@prisma', 'pg'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pg-internals-stay-in-wire',
      comment: 'What pg does not promise is used in one folder, whose tests fail when it changes.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^libs/platform/database/wire/' },
      to: { path: 'node_modules/pg/lib/(?!index)' },
    },
    {
      name: 'redis-behind-its-module',
      comment:
        'Only platform/redis connects, and only platform/jobs knows the queue. Whoever needs commands, also an adapter of a feature, injects REDIS and names its type.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['^libs/platform/(redis|jobs)/', ...TEST_CODE] },
      to: { path: npm('ioredis', 'bullmq'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'testing-stays-in-tests',
      comment: 'Fakes and factories never ship: the build leaves them out, so an import of one would fail at start.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: TEST_CODE },
      to: { path: ['/testing/', TESTS] },
    },
    {
      name: 'production-code-ships-alone',
      comment:
        'Programs and libraries do not need the repository around them: tools, tests and benchmarks are not in the image. A package of this repository is bundled.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: TEST_CODE },
      to: { path: '^(tools|test|bench|prisma)/', pathNot: '^tools/postgres-schema-engine/src/apply-migrations\\.ts$' },
    },
    {
      name: 'whole-system-tests-stay-on-top',
      comment:
        'What tests beside the code need as well stands in libs/platform/testing: test/ uses it, and nothing uses test/.',
      severity: 'error',
      from: { path: '^(apps|libs)/.*(/testing/|\\.(spec|contract)\\.ts$)' },
      to: { path: '^test/' },
    },
    {
      name: 'production-packages-only',
      comment:
        'The image is installed without devDependencies, and a package nobody declared can vanish with any update. Types leave nothing behind.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['^libs/client/', ...TEST_CODE] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'schema-engine-stands-alone',
      comment: 'A package that can be published: it knows nothing of the repository around it, and lists what it uses.',
      severity: 'error',
      from: { path: '^tools/postgres-schema-engine/' },
      to: {
        pathNot: ['^tools/postgres-schema-engine/', npm(...Object.keys(ofSchemaEngine), 'vitest')],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'client-stands-alone',
      comment:
        'A package for browsers: it knows nothing of the repository around it nor of Node, and lists what it uses.',
      severity: 'error',
      from: { path: '^libs/client/', pathNot: TESTS },
      to: { pathNot: ['^libs/client/', npm(...Object.keys(ofClient))] },
    },
    {
      name: 'programs-need-no-client',
      comment: 'The client is for those who call the API, and for tests, which do the same. It is not in the image.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['^libs/client/', ...TEST_CODE] },
      to: { path: '^libs/client/' },
    },
    {
      name: 'no-cycles',
      comment: 'A cycle means that two files are one thing, or that a port is missing.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      comment: 'An import nobody can follow also escapes every rule above.',
      severity: 'error',
      from: { path: '^(apps|libs)/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/generated/', '^tools/boundaries/canaries/'] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'node', 'default'] },
  },
};
