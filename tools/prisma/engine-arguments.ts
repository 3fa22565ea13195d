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
  const datamodels: string[] = [];
  let datasource: { url?: string; shadowDatabaseUrl?: string } = {};

  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    const value = TAKES_VALUE.has(word) ? (args[(at += 1)] ?? '') : '';
    if (word === '--datamodels' || word === '-d') datamodels.push(value);
    else if (word === '--datasource') datasource = JSON.parse(value) as typeof datasource;
    else if (!TAKES_VALUE.has(word)) words.push(word);
  }
  return {
    version: words.includes('--version'),
    databaseCommand: words[0] === 'cli' ? (words[1] ?? '') : null,
    datamodels,
    datasource: { ...datasource, url: datasource.url ?? NOWHERE },
  };
}
