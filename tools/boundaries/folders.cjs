const { options } = require('../../.dependency-cruiser.cjs');

/** Apart from the other rules, because it sees folders without their tests: a spec may use what stands above. */
module.exports = {
  forbidden: [
    {
      name: 'no-folder-cycles',
      comment: 'Folders that need each other cannot be read, or taken away, one at a time.',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
  ],
  options: { ...options, exclude: { path: [...options.exclude.path, '\\.(spec|contract)\\.ts$', '/testing/'] } },
};
