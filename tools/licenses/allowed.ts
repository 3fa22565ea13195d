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
  '@img/sharp-*': 'LGPL-3.0-or-later: libvips, a library of its own that sharp loads, used as it is',
  '@visx/vendor': 'MIT and ISC; comes with the Prisma CLI',
  busboy: 'MIT, as its LICENSE says; comes with s3rver, a tool',
  elkjs: 'EPL-2.0; comes with the Prisma CLI, and is not passed on',
  'fxa-common-password-list': 'MPL-2.0, used as it is: the list of common passwords',
  'humanize-number': 'MIT, as its readme says; comes with s3rver, a tool',
  'incremental-encoder': 'MPL-2.0, used as it is, by that list',
  streamsearch: 'MIT, as its LICENSE says; comes with s3rver, a tool',
  'seq-queue': 'MIT, as its LICENSE says; comes with the Prisma CLI',
};
