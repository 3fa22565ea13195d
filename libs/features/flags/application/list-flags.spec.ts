import { expect, it } from 'vitest';
import { InMemoryFlagsRepository } from '../testing/in-memory-flags.repository.js';
import { switchFlag, wordingFlag } from '../testing/test-flags.js';
import { ListFlags } from './list-flags.js';

it('lists what the code declares, with what was said of it', async () => {
  const flags = new InMemoryFlagsRepository();
  const stored = await flags.set(wordingFlag.name, { rules: [], value: 'long' });
  await flags.set('tests.gone', { rules: [] });

  const listed = (await new ListFlags(flags).execute()).filter(({ flag }) => flag.owner === 'tests');

  expect(listed).toEqual([
    { flag: switchFlag, stored: null },
    { flag: wordingFlag, stored },
  ]);
});
