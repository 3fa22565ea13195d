import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Loop } from './loop.js';

const NEVER_MS = 1_000_000;

afterEach(() => void jest.restoreAllMocks());

/** A loop whose work is answered by the test, one round at a time. */
function setup() {
  const rounds: { answer: (hasMore: boolean) => void; fail: (error: Error) => void }[] = [];
  let announce = (): void => undefined;
  const work = () =>
    new Promise<boolean>((answer, fail) => {
      rounds.push({ answer, fail });
      announce();
    });
  const warnings: unknown[] = [];
  jest.spyOn(Logger.prototype, 'warn').mockImplementation((message: unknown) => void warnings.push(message));
  jest.spyOn(Logger.prototype, 'log').mockImplementation(() => undefined);
  const loop = new Loop({ name: 'Testing', work, restMs: NEVER_MS });
  const round = async (number: number) => {
    while (rounds.length < number) await new Promise<void>((resolve) => (announce = resolve));
    return rounds[number - 1] as (typeof rounds)[number];
  };
  return { loop, rounds, round, warnings };
}

describe('Loop', () => {
  it('works again at once while there is more to do', async () => {
    const { loop, round } = setup();
    loop.start();

    (await round(1)).answer(true);
    (await round(2)).answer(false);
    await loop.stop();
  });

  it('ends its rest when it is woken', async () => {
    const { loop, round } = setup();
    loop.start();
    (await round(1)).answer(false);

    loop.wake();
    (await round(2)).answer(false);
    await loop.stop();
  });

  it('does not rest when it was woken while it worked: what woke it may have come too late for that round', async () => {
    const { loop, round } = setup();
    loop.start();
    const first = await round(1);

    loop.wake();
    first.answer(false);
    (await round(2)).answer(false);
    await loop.stop();
  });

  it('goes on after failures and reports an outage once', async () => {
    const { loop, round, warnings } = setup();
    loop.start();

    (await round(1)).fail(new Error('away'));
    (await round(2)).fail(new Error('still away'));
    (await round(3)).answer(false);
    await loop.stop();

    expect(warnings).toEqual(['Testing is interrupted and goes on trying: away']);
  });

  it('finishes the round under way before it stops, and begins no other', async () => {
    const { loop, rounds, round } = setup();
    loop.start();
    const first = await round(1);

    const stopping = loop.stop();
    first.answer(true);
    await stopping;

    expect(rounds).toHaveLength(1);
  });
});
