import { availableParallelism } from 'node:os';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { isScaled, LEFT_OUT } from './tools/databases/scaled-run.ts';

/** Tests see the sources, as the type checker does: `imports` in package.json. */
const CONDITIONS = ['source', 'node', 'development|production'];

const SPECS = '{apps,libs,tools,test,bench}/**/*.spec.ts';
const BROWSER_SPECS = 'test/browser/**/*.e2e.spec.ts';
const CONTAINER_SPECS = 'test/containers/**/*.e2e.spec.ts';
const EXCLUDED = ['tools/boundaries/canaries/**', ...(isScaled() ? Object.keys(LEFT_OUT) : [])];

const CORES = availableParallelism();

type Level = Readonly<{
  name: string;
  include: string;
  exclude?: readonly string[];
  /** More than cores where tests mostly wait for servers. */
  workers?: number;
  servers?: boolean;
  /** Starts the built programs. */
  programs?: boolean;
}>;

const level = (
  { name, include, exclude = [], workers = CORES, programs = false, servers = programs }: Level,
  groupOrder: number,
): TestProjectInlineConfiguration => ({
  extends: true,
  test: {
    name,
    include: [include],
    exclude: [...EXCLUDED, ...exclude],
    maxWorkers: Math.max(2, workers),
    sequence: { groupOrder },
    setupFiles: [
      'reflect-metadata',
      'tools/checks/fresh-modules.ts',
      ...(servers ? ['tools/databases/vitest-worker.ts'] : []),
      ...(programs ? ['tools/databases/specimen-tables.ts'] : []),
    ],
    // Only the levels that need Postgres and Redis start them: unit tests alone start nothing.
    globalSetup: ['tools/checks/temporary-files.ts', ...(servers ? ['tools/databases/vitest-setup.ts'] : [])],
  },
});

export default defineConfig({
  resolve: { conditions: CONDITIONS },
  ssr: { resolve: { conditions: CONDITIONS } },
  test: {
    pool: 'forks',
    // Packages are loaded once by each worker; what is ours is loaded anew for each file (tools/checks/fresh-modules.ts).
    isolate: false,
    // Keeps the first logger of a process for good, so it is loaded anew, too.
    server: { deps: { inline: ['nestjs-pino'] } },
    // What hangs shall fail. What is slow, on a machine that is busy with something else, is not broken: libs/platform/testing/waiting/patience.ts.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    projects: [
      { name: 'unit', include: SPECS, exclude: ['**/*.{int,e2e}.spec.ts'] },
      { name: 'integration', include: SPECS.replace('.spec', '.int.spec'), workers: CORES * 2, servers: true },
      {
        name: 'e2e',
        include: SPECS.replace('.spec', '.e2e.spec'),
        exclude: [BROWSER_SPECS, CONTAINER_SPECS],
        workers: CORES + 1,
        programs: true,
      },
      { name: 'browser', include: BROWSER_SPECS, programs: true },
      { name: 'containers', include: CONTAINER_SPECS, programs: true },
    ].map(level),
  },
});
