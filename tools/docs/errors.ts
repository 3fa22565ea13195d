export type DocumentedError = Readonly<{ slug: string; code: string; status: number; title: string; help: string }>;

/** A code that was public once. It stays listed, so that nobody reuses it and old clients can still look it up. */
export type RetiredError = Readonly<{ code: string; since: string; title: string; instead: string }>;

export function errorsDocument(errors: readonly DocumentedError[], retired: readonly RetiredError[]): string {
  const rows = [...errors]
    .sort((a, b) => a.code.localeCompare(b.code))
    .map(
      ({ slug, code, status, title, help }) => `| \`${code}\` | ${status} | \`/errors/${slug}\` | ${title} | ${help} |`,
    );

  return `# Errors

Every failure is an \`application/problem+json\` (RFC 9457) whose \`code\` is one of these. Programs branch on \`code\`; \`detail\` and \`errors[]\`
say what happened this time. Written by \`npm run docs\` from the \`defineError\` calls in the code.

| code | status | documentation | title | what the caller can do |
|---|---|---|---|---|
${rows.join('\n')}
${retiredSection(retired)}`;
}

function retiredSection(retired: readonly RetiredError[]): string {
  if (retired.length === 0) return '';
  const rows = retired.map(({ code, since, title, instead }) => `| \`${code}\` | ${since} | ${title} | ${instead} |`);
  return [
    '',
    '## Retired',
    '',
    'Never sent any more, never used again.',
    '',
    '| code | since | title | instead |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

/** Codes are public API: none may vanish from the list, and none that was retired may come back. */
export function brokenPromises(
  committed: string,
  errors: readonly DocumentedError[],
  retired: readonly RetiredError[],
): string[] {
  const codes = new Set(errors.map(({ code }) => code));
  const retiredCodes = new Set(retired.map(({ code }) => code));
  const published = [...committed.matchAll(/^\| `([A-Z0-9_]+)` \|/gm)].flatMap(([, code]) => code ?? []);

  const vanished = published.filter((code) => !codes.has(code) && !retiredCodes.has(code));
  const returned = [...retiredCodes].filter((code) => codes.has(code));
  return [
    ...vanished.map((code) => `${code} is gone from the code: list it in tools/docs/retired-errors.ts.`),
    ...returned.map((code) => `${code} is retired and may not be used again: choose another code.`),
  ];
}
