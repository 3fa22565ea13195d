/** What every level has in common. */
const level = {
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/tools', '<rootDir>/test', '<rootDir>/bench'],
  modulePathIgnorePatterns: ['<rootDir>/tools/boundaries/canaries', '<rootDir>/dist'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    // Every spec loads its packages anew: one language instead of fifty, one file instead of two hundred.
    '^\\.\\./locales/index\\.js$': '<rootDir>/node_modules/zod/v4/locales/en.js',
    '^rxjs(/operators)?$': '<rootDir>/node_modules/rxjs/dist/bundles/rxjs.umd.min.js',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  moduleFileExtensions: ['js', 'ts', 'mjs', 'cjs', 'json', 'node'],
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  setupFiles: ['reflect-metadata'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        module: { type: 'es6' },
        sourceMaps: 'inline',
        jsc: {
          target: 'es2024',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
      },
    ],
  },
};

/** Only the levels that need Postgres and Redis start them: unit tests alone start nothing. */
const withServers = {
  ...level,
  globalSetup: '<rootDir>/tools/databases/jest-setup.ts',
  globalTeardown: '<rootDir>/tools/databases/jest-teardown.ts',
  setupFiles: [...level.setupFiles, '<rootDir>/tools/databases/jest-worker.ts'],
};

export default {
  // What hangs shall fail. What is slow, on a machine that is busy with something else, is not broken: libs/platform/testing/waiting/patience.ts.
  testTimeout: 180_000,
  projects: [
    { ...level, displayName: 'unit', testRegex: '(?<!\\.int|\\.e2e)\\.spec\\.ts$' },
    { ...withServers, displayName: 'integration', testRegex: '\\.int\\.spec\\.ts$' },
    { ...withServers, displayName: 'e2e', testRegex: '^(?!.*/test/browser/).*\\.e2e\\.spec\\.ts$' },
    { ...withServers, displayName: 'browser', testRegex: '/test/browser/.*\\.e2e\\.spec\\.ts$' },
  ],
};
