import { Logger } from '@nestjs/common';
import { InMemoryProvider } from '@openfeature/server-sdk';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadEnv } from '../config/load-env.js';
import { defineFlag, defineVariants } from '../kernel/flags.js';
import { aValidEnv } from '../testing/env.factory.js';
import { aPrincipal } from '../testing/principal.factory.js';
import { ProvidedFlags } from './provided-flags.js';

const described = { description: 'Of this test.', owner: 'tests', removeBy: 'never' };
const beta = defineFlag('tests.beta', { ...described, default: false });
const colour = defineVariants('tests.colour', { ...described, variants: ['red', 'blue'], default: 'red' });

const warn = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
afterEach(() => warn.mockClear());

const someFlags = () => new ProvidedFlags(loadEnv(aValidEnv({ DEPLOYMENT_ENVIRONMENT: 'staging' })));

/** A provider that others have written, which decides by what it is told of whoever asks. */
const providerOf = (colourValue: string) =>
  new InMemoryProvider({
    [beta.name]: {
      variants: { on: true, off: false },
      defaultVariant: 'off',
      disabled: false,
      contextEvaluator: ({ targetingKey, roles, environment }) =>
        targetingKey === aPrincipal().id && (roles as string[]).includes('tester') && environment === 'staging'
          ? 'on'
          : 'off',
    },
    [colour.name]: { variants: { a: colourValue }, defaultVariant: 'a', disabled: false },
  });

describe('a flag', () => {
  it('has the default that the code declares, where nobody else is asked', async () => {
    const flags = someFlags();

    expect([await flags.valueOf(beta), await flags.valueOf(colour)]).toEqual([false, 'red']);
  });

  it('is what a provider of OpenFeature says, who is told who asks and where', async () => {
    const flags = someFlags();
    await flags.use(providerOf('blue'));

    expect(await flags.valueOf(colour)).toBe('blue');
    expect(await flags.valueOf(beta, aPrincipal({ roles: ['tester'] }))).toBe(true);
    expect([await flags.valueOf(beta, aPrincipal()), await flags.valueOf(beta)]).toEqual([false, false]);
  });

  it.each<[string, InMemoryProvider]>([
    ['says what is none of its values', providerOf('green')],
    ['does not know it', new InMemoryProvider({})],
  ])('has its default when the provider %s, which is logged once', async (_what, provider) => {
    const flags = someFlags();
    await flags.use(provider);

    expect([await flags.valueOf(colour), await flags.valueOf(colour)]).toEqual(['red', 'red']);
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/^The flag tests\.colour has its default, red: /)]]);
  });

  it('leaves a provider that is replaced or not needed any more with nothing open', async () => {
    const flags = someFlags();
    const [first, second] = [1, 2].map(() => Object.assign(providerOf('blue'), { onClose: vi.fn() }));
    const closed = () => [first, second].map((provider) => provider?.onClose.mock.calls.length);
    for (const provider of [first, second]) if (provider) await flags.use(provider);
    const replaced = closed();

    await flags.onModuleDestroy();

    expect([replaced, closed()]).toEqual([
      [1, 0],
      [1, 1],
    ]);
  });
});
