import { expect, it } from 'vitest';
import { objections } from './judgement.ts';

const GONE = 'GET /v1/orders: is gone';
const TODAY = '2027-03-31';
const acknowledged = { change: GONE, sunset: TODAY, because: 'Nobody calls it.' };

it('objects to a break that nobody has acknowledged', () => {
  expect(objections([GONE], [], TODAY)).toEqual([`breaks clients: ${GONE}`]);
});

it('lets one pass that was announced, from that day on', () => {
  expect(objections([GONE], [acknowledged], TODAY)).toEqual([]);
  expect(objections([GONE], [acknowledged], '2027-03-30')).toEqual([
    `acknowledged from ${TODAY} on, which is not yet: ${GONE}`,
  ]);
});

it('objects to what was acknowledged without a day, or is not there', () => {
  expect(objections([GONE], [{ ...acknowledged, sunset: 'soon' }], TODAY)).toEqual([
    `acknowledged without a day such as 2027-03-31: ${GONE}`,
  ]);
  expect(objections([], [acknowledged], TODAY)).toEqual([`acknowledged, but not made: ${GONE}`]);
});
