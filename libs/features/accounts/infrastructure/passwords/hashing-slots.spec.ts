import { describe, expect, it } from 'vitest';
import { PasswordChecksBusy } from '../../domain/user.errors.js';
import { HashingSlots } from './hashing-slots.js';

/** Work that ends when the test says so. */
function setup({ slots = 2, maxWaiting = 3 } = {}) {
  const hashing = new HashingSlots(slots, maxWaiting);
  const running: (() => void)[] = [];
  const start = () => hashing.run(() => new Promise<void>((resolve) => running.push(resolve)));
  const finishOne = async () => {
    running.shift()?.();
    await new Promise(setImmediate);
  };
  return { hashing, running, start, finishOne };
}

describe('HashingSlots', () => {
  it('runs so many at once, lets so many wait, and refuses the rest at once', async () => {
    const { running, start, finishOne } = setup();
    const accepted = Array.from({ length: 5 }, start);
    await new Promise(setImmediate);

    expect(running).toHaveLength(2);
    await expect(start()).rejects.toThrow(PasswordChecksBusy);
    await expect(start()).rejects.toMatchObject({ retryAfterSeconds: 1 });

    for (const _ of accepted) await finishOne();
    await expect(Promise.all(accepted)).resolves.toHaveLength(5);
  });

  it('never runs more than it may while those who waited move up', async () => {
    const { running, start, finishOne } = setup({ slots: 1 });
    const first = start();
    const second = start();
    await new Promise(setImmediate);

    running.shift()?.();
    const latecomer = start();
    await new Promise(setImmediate);
    expect(running).toHaveLength(1);

    await finishOne();
    await finishOne();
    await Promise.all([first, second, latecomer]);
  });

  it('frees the slot of work that fails', async () => {
    const { hashing } = setup({ slots: 1, maxWaiting: 0 });

    await expect(hashing.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');

    await expect(hashing.run(async () => 'fine')).resolves.toBe('fine');
  });
});
