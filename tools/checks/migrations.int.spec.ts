import { expect, it } from 'vitest';
import { PRISMA, runNode } from '../run-node.ts';

// The database of an integration test is what the migrations made of an empty one.
it('the migrations lead to the schema', async () => {
  const { exitCode, output } = await runNode([
    PRISMA,
    'migrate',
    'diff',
    '--from-config-datasource',
    '--to-schema=prisma',
    '--exit-code',
  ]);

  expect({ exitCode, output }).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining('No difference detected'),
  });
});
