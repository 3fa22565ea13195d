import { describe, expect, it } from 'vitest';
import { Loop } from './loop.js';

const NEVER_MS = 1_000_000;

/** A loop whose work is answered by the test, one round at a time. */
function setup({ isEndless = true } = {}) {
  const rounds: { answer: (hasMore: boolean) => void; fail: (error: Error) => void }[] = [];
  let announce = (): void => undefined;
  const work = () =>
    new Promise<boolean>((answer, fail) => {
      rounds.push({ answer, fail });
      announce();
    });
  const lines: string[] = [];
  const log = (message: string) => void lines.push(message);
  const loop = new Loop({ name: 'Testing', work, logger: { log, warn: log }, ...(isEndless && { restMs: NEVER_MS }) });
  const round = async (number: number) => {
    while (rounds.length < number) await new Promise<void>((resolve) => (announce = resolve));
    return rounds[number - 1] as (typeof rounds)[number];
  };
  return { loop, rounds, round, lines };
}

describe('Loop', () => {
  it('works again at once while there is more to do', async () => {
    const { loop, round } = setup();
    void loop.start();

    (await round(1)).answer(true);
    (await round(2)).answer(false);
    await loop.stop();
  });

  it('ends its rest when it is woken', async () => {
    const { loop, round } = setup();
    void loop.start();
    (await round(1)).answer(false);

    loop.wake();
    (await round(2)).answer(false);
    await loop.stop();
  });

  it('does not rest when it was woken while it worked: what woke it may have come too late for that round', async () => {
    const { loop, round } = setup();
    void loop.start();
    const first = await round(1);

    loop.wake();
    first.answer(false);
    (await round(2)).answer(false);
    await loop.stop();
  });

  it('goes on after failures and reports an outage once', async () => {
    const { loop, round, lines } = setup();
    void loop.start();

    (await round(1)).fail(new Error('away'));
    (await round(2)).fail(new Error('still away'));
    (await round(3)).answer(false);
    await loop.stop();

    expect(lines).toEqual(['Testing is interrupted and goes on trying: away', 'Testing works again.']);
  });

  it('has started once the first round is over, also when that failed', async () => {
    const { loop, round } = setup();
    let hasStarted = false;
    const starting = loop.start().then(() => (hasStarted = true));

    const first = await round(1);
    expect(hasStarted).toBe(false);
    first.fail(new Error('away'));
    await starting;
    await loop.stop();
  });

  it('ends with the first success when it is to be done once', async () => {
    const { loop, rounds, round } = setup({ isEndless: false });
    void loop.start();

    (await round(1)).fail(new Error('away'));
    (await round(2)).answer(false);
    await loop.stop();

    expect(rounds).toHaveLength(2);
  });

  it('finishes the round under way before it stops, and begins no other', async () => {
    const { loop, rounds, round } = setup();
    void loop.start();
    const first = await round(1);

    const stopping = loop.stop();
    first.answer(true);
    await stopping;

    expect(rounds).toHaveLength(1);
  });
});
