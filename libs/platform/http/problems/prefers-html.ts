const HTML = ['text/html', 'text/*', '*/*'];
const JSON_TYPE = ['application/json', 'application/*', '*/*'];

/** Browsers want HTML most; programs want JSON or take anything (RFC 9110, section 12.5.1). */
export function prefersHtml(accept = '*/*'): boolean {
  const weights = new Map(accept.split(',').map(weighted));
  const weightOf = (ranges: readonly string[]) => weights.get(ranges.find((range) => weights.has(range)) ?? '') ?? 0;
  return weightOf(HTML) > weightOf(JSON_TYPE);
}

function weighted(part: string): [range: string, weight: number] {
  const [range = '', ...parameters] = part
    .toLowerCase()
    .split(';')
    .map((text) => text.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  return [range, weight === undefined ? 1 : Number(weight.slice(2))];
}
