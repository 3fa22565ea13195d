import { expect, it } from '@jest/globals';
import { runNode } from './command.ts';

// The database of an integration test is what the migrations made of an empty one.
it('the migrations lead to the schema', async () => {
  const { exitCode, output } = await runNode([
    'node_modules/prisma/build/index.js',
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
