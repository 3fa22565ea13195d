// What the Nest command line loads, on whatever Node it runs: it asks the tools of this project, and hands it their changes, so that its
// --dry-run and its list of files are what people know.
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

const ROOT = process.cwd();

const ask = (tool, args) => (tree) => {
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(ROOT, 'tools/bootstrap.mjs'), `tools/features/${tool}.ts`, '--json', ...args],
    { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 28 },
  );
  if (status !== 0) process.exit(status ?? 1);
  for (const { path, before, after } of JSON.parse(stdout).changes) {
    if (after === null) tree.delete(path);
    else if (before === null) tree.create(path, after);
    else tree.overwrite(path, after);
  }
  return tree;
};

exports.feature = ({ name, path, crud }) =>
  ask('new-feature', [name, ...(path ? [`--field=${path}`] : []), ...(crud === false ? ['--no-crud'] : [])]);

exports.featureField = ({ name, path }) => ask('new-field', [name, ...(path ? [path] : [])]);

/** Of Nest's own, which put files where this project has no place for them. */
exports.elsewhere = () => {
  console.error(
    'Nest would write what does not fit here. A whole slice: npx nest g feature <plural>. A part of one: docs/recipes.md.',
  );
  process.exit(1);
};
