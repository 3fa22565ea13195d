/** What a project that begins here calls itself, and what of the template it does without. */
export type Answers = Readonly<{
  /** Of the package, the images and everything in Kubernetes. */
  name: string;
  /** The name as people read it: in mails, in the API reference. */
  title: string;
  description: string;
  /** An SPDX identifier, or UNLICENSED. */
  license: string;
  /** Who has the copyright. */
  holder: string;
  repository: string | null;
  /** How every credential begins: libs/platform/kernel/access/credential-prefix.ts. */
  prefix: string;
  /** Parts that go, as PARTS names them. */
  without: readonly string[];
}>;

const LONGEST_PREFIX = 4;

/** Given by flags, or by somebody at the terminal. */
export type Given = Partial<Answers> & Pick<Answers, 'name'>;

/** What was not said follows from what was. */
export function answersOf({ name, ...given }: Given): Answers {
  const title = given.title ?? titleOf(name);
  return {
    name,
    title,
    description: given.description ?? `${title}, a backend.`,
    license: given.license ?? 'UNLICENSED',
    holder: given.holder ?? `The authors of ${title}`,
    repository: given.repository ?? null,
    prefix: given.prefix ?? prefixOf(name),
    without: given.without ?? [],
  };
}

const titleOf = (name: string): string =>
  name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');

const prefixOf = (name: string): string => name.replaceAll(/[^a-z]/g, '').slice(0, LONGEST_PREFIX);
