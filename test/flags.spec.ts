import { expect, it } from 'vitest';
import { definedFlags } from '#platform/kernel/flags.js';

// Loaded, they have declared every flag that a program knows.
await Promise.all([import('#apps/api/src/api.module.js'), import('#apps/worker/src/worker.module.js')]);

const flags = [...definedFlags().values()];
const today = new Date().toISOString().slice(0, 10);

it('no flag is in the code for longer than it was meant to be', () => {
  const overdue = flags.filter(({ removeBy }) => removeBy !== 'never' && removeBy <= today);

  expect(overdue.map(({ name, owner, removeBy }) => `${name} should have gone by ${removeBy}: ask ${owner}`)).toEqual(
    [],
  );
});

it('every flag names the day on which it goes, or says that it stays', () => {
  expect(flags.filter(({ removeBy }) => !/^(?:never|\d{4}-\d\d-\d\d)$/.test(removeBy))).toEqual([]);
});
