import { dirname, join, normalize } from 'node:path/posix';

/** What the documents may speak of. */
export type Repository = Readonly<{
  /** Files and folders, relative to the root; `*` and `**` match as in a glob. */
  exists: (path: string) => boolean;
  read: (path: string) => string;
  scripts: ReadonlySet<string>;
}>;

export type Reference = Readonly<{ kind: 'link' | 'path' | 'command'; text: string; line: number }>;

const LINK = /\[[^\]]*\]\((?!https?:|mailto:)([^)\s]+)\)/g;
const PATH = /`((?:\.ci|\.github|apps|bench|deploy|docs|libs|prisma|test|tools)\/[^`\s]*)`/g;
/** In code, that is: at the start of a line or behind a backtick. */
const COMMAND = /(?:^\s*|`)npm (?:run (?:--silent )?)?([a-z][a-z:-]*)/g;
const OF_NPM_ITSELF = new Set([
  'ci',
  'install',
  'i',
  'audit',
  'exec',
  'pack',
  'packages',
  'run',
  'scripts',
  'registry',
  'workspaces',
]);

export function referencesIn(markdown: string): Reference[] {
  return markdown.split('\n').flatMap((text, index): Reference[] => {
    const all = (kind: Reference['kind'], pattern: RegExp) =>
      [...text.matchAll(pattern)].map(([, found = '']) => ({ kind, text: found, line: index + 1 }));
    return [
      ...all('link', LINK),
      ...all('path', PATH).filter(isExact),
      ...all('command', COMMAND).filter(({ text: name }) => !OF_NPM_ITSELF.has(name)),
    ];
  });
}

/** `libs/features/<name>/` and `docs/decisions/NNN-title.md` stand for many files. */
const isExact = ({ text }: Reference): boolean => !/[<{…]|NNN|\.\.\./.test(text);

/** One line for each reference in the document that leads nowhere. */
export const brokenReferences = (file: string, repository: Repository): string[] =>
  referencesToNowhere(file, repository).map(({ kind, text, line }) => `${file}:${line}: ${kind} ${text} leads nowhere`);

export function referencesToNowhere(file: string, repository: Repository): Reference[] {
  const references = referencesIn(repository.read(file));
  // A decision tells of its time; the files it names may be gone since.
  const current = file.startsWith('docs/decisions/') ? references.filter(({ kind }) => kind === 'link') : references;

  return current.filter((reference) => !leadsSomewhere(reference, file, repository));
}

function leadsSomewhere({ kind, text }: Reference, file: string, { exists, read, scripts }: Repository): boolean {
  if (kind === 'command') return scripts.has(text);
  if (kind === 'path') return exists(text.replace(/:\d+$/, ''));

  const [path = '', anchor] = text.split('#');
  const target = path === '' ? file : normalize(join(dirname(file), path));
  return exists(target) && (anchor === undefined || headingAnchors(read(target)).has(anchor));
}

/** As GitHub makes them: lower case, spaces to dashes, other punctuation gone. */
function headingAnchors(markdown: string): Set<string> {
  const headings = [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
