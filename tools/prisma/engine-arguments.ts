export type EngineOptions = Readonly<{
  version: boolean;
  /** `cli <command>`: one question about the database instead of a conversation. */
  databaseCommand: string | null;
  /** Paths of the schema's files. */
  datamodels: readonly string[];
  datasource: Readonly<{ url: string; shadowDatabaseUrl?: string }>;
}>;

const TAKES_VALUE = new Set(['--datamodels', '-d', '--datasource', '--enabled-preview-features', '--extension-types']);
// Comparing two schema files needs no database, and then no URL either.
const NOWHERE = 'postgresql://localhost/none';

export function parseArguments(args: readonly string[]): EngineOptions {
  const words: string[] = [];
  const values = new Map<string, string[]>();

  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (!TAKES_VALUE.has(word)) words.push(word);
    else values.set(word, [...(values.get(word) ?? []), args[(at += 1)] ?? '']);
  }
  return {
    version: words.includes('--version'),
    databaseCommand: words[0] === 'cli' ? (words[1] ?? '') : null,
    datamodels: [...(values.get('--datamodels') ?? []), ...(values.get('-d') ?? [])],
    datasource: { url: NOWHERE, ...(JSON.parse(values.get('--datasource')?.at(-1) ?? '{}') as object) },
  };
}
