import { availableParallelism } from 'node:os';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { isScaled, LEFT_OUT } from './tools/databases/scaled-run.ts';

/** Tests see the sources, as the type checker does: `imports` in package.json. */
const CONDITIONS = ['source', 'module', 'node', 'development|production'];

const SPECS = '{apps,libs,tools,test,bench}/**/*.spec.ts';
const BROWSER_SPECS = 'test/browser/**/*.e2e.spec.ts';
const EXCLUDED = ['tools/boundaries/canaries/**', ...(isScaled() ? Object.keys(LEFT_OUT) : [])];

type Level = Readonly<{ name: string; include: string; exclude?: readonly string[]; servers?: boolean }>;

const level = ({ name, include, exclude = [], servers = false }: Level): TestProjectInlineConfiguration => ({
  extends: true,
  test: {
    name,
    include: [include],
    exclude: [...EXCLUDED, ...exclude],
    setupFiles: [
      'reflect-metadata',
      'tools/checks/fresh-modules.ts',
      ...(servers ? ['tools/databases/vitest-worker.ts'] : []),
    ],
    // Only the levels that need Postgres and Redis start them: unit tests alone start nothing.
    ...(servers && { globalSetup: 'tools/databases/vitest-setup.ts' }),
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
    maxWorkers: Math.max(2, availableParallelism()),
    // What hangs shall fail. What is slow, on a machine that is busy with something else, is not broken: libs/platform/testing/waiting/patience.ts.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    projects: [
      level({ name: 'unit', include: SPECS, exclude: ['**/*.{int,e2e}.spec.ts'] }),
      level({ name: 'integration', include: SPECS.replace('.spec', '.int.spec'), servers: true }),
      level({ name: 'e2e', include: SPECS.replace('.spec', '.e2e.spec'), exclude: [BROWSER_SPECS], servers: true }),
      level({ name: 'browser', include: BROWSER_SPECS, servers: true }),
    ],
  },
});
