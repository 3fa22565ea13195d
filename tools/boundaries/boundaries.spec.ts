import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { cruise, type ICruiseOptions, type IForbiddenRuleType } from 'dependency-cruiser';

const { forbidden, options } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  forbidden: IForbiddenRuleType[];
  options: ICruiseOptions;
};
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
    const tripped = new Set((await cruiseCanaries()).map(({ file }) => file));

    expect(canaries.length).toBeGreaterThan(0);
    expect(canaries.map((file) => basename(file)).filter((file) => !tripped.has(file))).toEqual([]);
  });
});

async function cruiseCanaries(): Promise<{ rule: string; file: string }[]> {
  const { tsConfig: _, ...rest } = options;
  const { output } = await cruise(['libs', 'apps', 'tools'], {
    ...rest,
    baseDir,
    validate: true,
    ruleSet: { forbidden },
  });
  if (typeof output === 'string') throw new Error('dependency-cruiser printed text instead of a result');

  return output.summary.violations.flatMap(({ rule, from, cycle = [] }) =>
    [from, ...cycle.map(({ name }) => name)].map((file) => ({ rule: rule.name, file: basename(file) })),
  );
}
