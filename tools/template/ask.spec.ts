import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import type { Answers } from './answers.ts';
import { ask } from './ask.ts';

const ENTER = '\r';
const CLEAR = '\u0015';
const DOWN = '\u001b[B';

/** Somebody at a terminal, who types the next keys as soon as what they wait for is shown. */
function answer(given: Partial<Answers>, script: readonly [shown: RegExp, keys: string][]): Promise<Answers> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  // A prompt ends what it writes to, as it may with process.stdout, which goes on.
  output.end = () => output;
  const left = [...script];
  let shown = '';
  output.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
    if (!left[0]?.[0].test(shown)) return;
    const [, keys] = left.shift()!;
    shown = '';
    setImmediate(() => input.write(keys));
  });
  return ask(given, new Set(['fastify']), { input, output });
}

it('asks for everything, proposes what follows, and says at once what cannot be', async () => {
  const answers = await answer({}, [
    [/Name, as of a package/, `fastify${ENTER}`],
    [/that of a package that is used here/, `${CLEAR}acme-billing`],
    [/acme-billing/, ENTER],
    [/Title.*Acme Billing/, `ACME${ENTER}`],
    [/What it is.*ACME, a backend/, ENTER],
    [/License/, `${DOWN}${ENTER}`],
    [/copyright.*The authors of ACME/, `Ada${ENTER}`],
    [/Repository/, ENTER],
    [/Prefix.*acme/, `kit${ENTER}`],
    [/the prefix of the template/, `${CLEAR}acb`],
    [/acb/, ENTER],
    [/What it does without/, `${DOWN} ${ENTER}`],
  ]);

  expect(answers).toEqual({
    name: 'acme-billing',
    title: 'ACME',
    description: 'ACME, a backend.',
    license: 'MIT',
    holder: 'Ada',
    repository: null,
    prefix: 'acb',
    without: ['order-mails', 'orders'],
  });
});

it('asks for nothing that was given', async () => {
  const given = { name: 'crm', title: 'CRM', description: 'Sells.', license: 'ISC', holder: 'Ada', prefix: 'crm' };
  const answers = await answer({ ...given, repository: 'https://example.test/a/crm' }, [[/without/, ENTER]]);

  expect(answers).toEqual({ ...given, repository: 'https://example.test/a/crm', without: [] });
});
