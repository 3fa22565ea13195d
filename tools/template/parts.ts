/** A feature that a new project may do without. */
type Part = Readonly<{
  title: string;
  /** Parts that cannot stay when it goes. */
  neededBy: readonly string[];
  /** Documents about nothing else. */
  documents: readonly string[];
  /** Packages that nothing else uses. */
  packages: readonly string[];
}>;

const part = (title: string, rest: Partial<Part> = {}): Part => ({
  title,
  neededBy: [],
  documents: [],
  packages: [],
  ...rest,
});

/** In the order in which they can go. Accounts, users and roles are not among them: everything else asks who somebody is. */
export const PARTS: Readonly<Record<string, Part>> = {
  'order-mails': part('mails about orders'),
  orders: part('the example', { neededBy: ['order-mails'], documents: ['docs/search.md'] }),
  operations: part('what becomes of long work, at /v1/operations', { neededBy: ['orders'] }),
  webhooks: part('events told to other servers'),
  'queue-dashboard': part('the queue in the browser, at /admin/queues', {
    packages: ['@bull-board/api', '@bull-board/ui'],
  }),
  queues: part('dead letters over HTTP', { neededBy: ['queue-dashboard'] }),
  schedules: part('schedules over HTTP', { neededBy: ['queue-dashboard'] }),
  flags: part('flags that administrators switch; without it each has its default'),
  'api-keys': part('API keys of users'),
  identities: part('the sign-in page, and sign-in through OpenID providers', {
    neededBy: ['queue-dashboard'],
    documents: ['docs/providers'],
    packages: ['openid-client'],
  }),
  uploads: part('files that people send', { packages: ['file-type', 'sharp'] }),
};

export const PART_NAMES: readonly string[] = Object.keys(PARTS);

/** Each before what it needs. */
export const inOrder = (names: readonly string[]): string[] => PART_NAMES.filter((name) => names.includes(name));

/** With those that need them. */
export function withDependents(names: readonly string[]): string[] {
  const all = new Set(names);
  for (const name of all) for (const dependent of PARTS[name]?.neededBy ?? []) all.add(dependent);
  return inOrder([...all]);
}

/** One line for each thing that is wrong with the request. */
export function problemsOfParts(names: readonly string[]): string[] {
  const unknown = names.filter((name) => !PART_NAMES.includes(name));
  const wrong = unknown.map((name) => `There is no part "${name}". There are: ${PART_NAMES.join(', ')}.`);
  const needed = inOrder(names).flatMap((name) =>
    (PARTS[name]?.neededBy ?? [])
      .filter((dependent) => !names.includes(dependent))
      .map((dependent) => `${dependent} needs ${name}: name both in --without, or neither.`),
  );
  return [...wrong, ...needed];
}
