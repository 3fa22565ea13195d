import type { Acknowledged } from '../acknowledged-breaks.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What keeps a release from going out, each as a line. `today` as in `2027-03-31`. */
export function objections(breaks: readonly string[], acknowledged: readonly Acknowledged[], today: string): string[] {
  const unknown = breaks.filter((found) => !acknowledged.some(({ change }) => change === found));
  return [
    ...unknown.map((found) => `breaks clients: ${found}`),
    ...acknowledged.flatMap((entry) => objectionTo(entry, breaks, today)),
  ];
}

function objectionTo({ change, sunset }: Acknowledged, breaks: readonly string[], today: string): string[] {
  if (!DAY.test(sunset)) return [`acknowledged without a day such as 2027-03-31: ${change}`];
  if (!breaks.includes(change)) return [`acknowledged, but not made: ${change}`];
  return today < sunset ? [`acknowledged from ${sunset} on, which is not yet: ${change}`] : [];
}
