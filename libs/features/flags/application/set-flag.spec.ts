import { expect, it } from 'vitest';
import { ImmediateTransaction } from '#platform/testing/doubles/immediate-transaction.js';
import { RecordedAudit } from '#platform/testing/doubles/recorded-audit.js';
import { FlagUnknown, FlagValueUnknown } from '../domain/flag.errors.js';
import { InMemoryFlagsRepository } from '../testing/in-memory-flags.repository.js';
import { switchFlag, wordingFlag } from '../testing/test-flags.js';
import { SetFlag } from './set-flag.js';

function setup() {
  const flags = new InMemoryFlagsRepository();
  const audit = new RecordedAudit();
  return { flags, audit, setFlag: new SetFlag(flags, new ImmediateTransaction(), audit) };
}

it('replaces what was said of the flag, on record', async () => {
  const { setFlag, flags, audit } = setup();
  const settings = { rules: [{ when: { percentage: 10 }, value: true }], value: false };

  const { flag, stored } = await setFlag.execute(switchFlag.name, settings);

  expect({ flag, stored }).toMatchObject({ flag: switchFlag, stored: { name: switchFlag.name, settings } });
  expect(await flags.list()).toEqual([stored]);
  expect(audit.recorded).toEqual([{ type: 'flag.changed', details: { flag: switchFlag.name } }]);
});

it('refuses a flag that the code does not declare, and names those that it does', async () => {
  const { setFlag, audit } = setup();

  const set = setFlag.execute('tests.unheard-of', { rules: [] });

  await expect(set).rejects.toThrow(FlagUnknown);
  await expect(set).rejects.toThrow(/There are: .*tests\.switch, tests\.wording/);
  expect(audit.recorded).toEqual([]);
});

it.each([
  [switchFlag, 'yes', 'One of: false, true.'],
  [wordingFlag, true, 'One of: plain, short, long.'],
  [wordingFlag, 'loud', 'One of: plain, short, long.'],
])('refuses values that the flag does not have, and points to each: %#', async (flag, value, detail) => {
  const { setFlag, flags } = setup();
  const rules = [
    { when: {}, value: flag.default },
    { when: {}, value },
  ];

  const set = setFlag.execute(flag.name, { rules, value });

  await expect(set).rejects.toThrow(FlagValueUnknown);
  await expect(set).rejects.toMatchObject({
    errors: [
      { pointer: '#/value', detail },
      { pointer: '#/rules/1/value', detail },
    ],
  });
  expect(await flags.list()).toEqual([]);
});
