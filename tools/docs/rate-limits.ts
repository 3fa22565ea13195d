export type DocumentedLimit = Readonly<{
  name: string;
  description: string;
  withoutRedis: 'open' | 'closed';
  quota?: Readonly<{ requests: number; windowSeconds: number }>;
}>;

/** @throws when there is none */
export function rateLimitsDocument(limits: readonly DocumentedLimit[]): string {
  if (limits.length === 0) throw new Error('No rate limit is defined: did the modules load?');
  const rows = [...limits]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(
      ({ name, description, withoutRedis, quota }) =>
        `| \`${name}\` | ${numbersOf(quota)} | ${withoutRedis} | ${description} |`,
    );

  return `# Rate limits

Everything that is counted apart, under the name that the \`RateLimit\` headers show. Written by \`npm run docs\` from the \`defineRateLimit\` calls in
the code. \`RATE_LIMITS\` gives any of them other numbers, by name: \`RATE_LIMITS=login=1000/60,mail=50/3600\`.

| limit | requests in seconds | without Redis | what is counted |
|---|---|---|---|
${rows.join('\n')}

Without Redis nothing is counted: where it says open, requests pass, where it says closed, they are refused with 503.
`;
}

const numbersOf = (quota: DocumentedLimit['quota']): string =>
  quota ? `${quota.requests} in ${quota.windowSeconds}` : '`RATE_LIMIT_REQUESTS` in `RATE_LIMIT_WINDOW`';
