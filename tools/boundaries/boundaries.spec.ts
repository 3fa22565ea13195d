import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseOptions, type IForbiddenRuleType } from 'dependency-cruiser';
import { describe, expect, it } from 'vitest';

type Rules = { forbidden: IForbiddenRuleType[]; options: ICruiseOptions };

const require = createRequire(import.meta.url);
const { forbidden, options } = require('../../.dependency-cruiser.cjs') as Rules;
const folders = require('./folders.cjs') as Rules;
const baseDir = fileURLToPath(new URL('./canaries', import.meta.url));

// A canary exports `canary` and is named after the rule it breaks; every other file in the tree breaks none.
describe('the boundary rules', () => {
  it('are each tripped by a canary of their own', async () => {
    const tripped = await cruiseCanaries();

    const rulesWithCanary = tripped.filter(({ rule, file }) => file === `${rule}.ts`).map(({ rule }) => rule);

    expect(new Set(rulesWithCanary)).toEqual(new Set(forbidden.map(({ name }) => name)));
  });

  it('let everything pass that is no canary', async () => {
    const tripped = await cruiseCanaries();

    expect(tripped.filter(({ rule, file }) => !file.startsWith(rule))).toEqual([]);
  });

  it('have no canary left over from a rule that is gone', async () => {
    const files = globSync('**/*.ts', { cwd: baseDir });
    const canaries = files.filter((file) =>
      /export (const|type) canary/i.test(readFileSync(join(baseDir, file), 'utf8')),
    );
    const tripped = new Set((await cruiseCanaries()).map(({ file }) => file)).add('no-folder-cycles.ts');

    expect(canaries.length).toBeGreaterThan(0);
    expect(canaries.map((file) => basename(file)).filter((file) => !tripped.has(file))).toEqual([]);
  });
});

describe('the rule about folders', () => {
  it('finds two that need each other, though no file does', async () => {
    const violations = await violationsOf(folders);

    expect(violations.map(({ from }) => from)).toEqual(
      expect.arrayContaining(['apps/worker/left', 'apps/worker/right']),
    );
  });
});

async function cruiseCanaries(): Promise<{ rule: string; file: string }[]> {
  const violations = await violationsOf({ forbidden, options });
  return violations.flatMap(({ rule, from, cycle = [] }) =>
    [from, ...cycle.map(({ name }) => name)].map((file) => ({ rule: rule.name, file: basename(file) })),
  );
}

async function violationsOf({ forbidden, options: { tsConfig: _, ...options } }: Rules) {
  const { output } = await cruise(['libs', 'apps', 'tools', 'test'], {
    ...options,
    baseDir,
    validate: true,
    ruleSet: { forbidden },
  });
  if (typeof output === 'string') throw new Error('dependency-cruiser printed text instead of a result');

  return output.summary.violations;
}
