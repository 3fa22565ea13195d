/** What anybody may pass on as part of a service, if its notice is kept. */
export const ALLOWED = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
];

/** For tools, of which nothing is passed on. */
export const ALLOWED_FOR_TOOLS = [...ALLOWED, 'CC-BY-3.0', 'MPL-2.0'];

/** Those whose package says it in no form that can be read, and those that were looked at one by one. */
export const EXCEPTIONS: Readonly<Record<string, string>> = {
  '@visx/vendor': 'MIT and ISC; comes with the Prisma CLI',
  elkjs: 'EPL-2.0; comes with the Prisma CLI, and is not passed on',
  'fxa-common-password-list': 'MPL-2.0, used as it is: the list of common passwords',
  'incremental-encoder': 'MPL-2.0, used as it is, by that list',
  'seq-queue': 'MIT, as its LICENSE says; comes with the Prisma CLI',
};
