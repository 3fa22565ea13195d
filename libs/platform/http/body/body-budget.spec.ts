import { describe, expect, it } from 'vitest';
import { BodyBudget } from './body-budget.js';

const CALLERS = ['a', 'b', 'c', 'd', 'e'];

describe('BodyBudget', () => {
  it('gives out all there is, and no byte more', () => {
    const budget = new BodyBudget(400);

    expect(CALLERS.map((caller) => budget.open(caller).take(100))).toEqual([true, true, true, true, false]);
  });

  it('gives one caller a quarter, in however many bodies, and however little the others take', () => {
    const budget = new BodyBudget(400);
    const [first, second, other] = [budget.open('a'), budget.open('a'), budget.open('b')];

    expect([first.take(60), second.take(41), second.take(40), first.take(1), other.take(100)]).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });

  it('gives again what came back, and that once', () => {
    const budget = new BodyBudget(400);
    const [first] = CALLERS.slice(0, 4).map((caller) => {
      const share = budget.open(caller);
      share.take(100);
      return share;
    });

    first?.release();
    first?.release();

    expect([budget.open('e').take(60), budget.open('a').take(40), budget.open('a').take(1)]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
