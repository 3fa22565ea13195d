/** Lines only one of the texts has, as `- committed` and `+ generated`. Enough for tables and lists, whose lines are all different. */
export function lineDiff(committed: string, generated: string): string[] {
  const before = committed.split('\n');
  const after = generated.split('\n');
  const [known, wanted] = [new Set(before), new Set(after)];

  const changes = [
    ...before.filter((line) => !wanted.has(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !known.has(line)).map((line) => `+ ${line}`),
  ];
  if (changes.length === 0 && committed !== generated) return ['the same lines in another order or number'];
  return changes;
}
