import { defineFlag, defineVariants } from '#platform/kernel/flags.js';

/** Declared by nobody but tests. */
export const switchFlag = defineFlag('tests.switch', {
  description: 'On or off.',
  owner: 'tests',
  removeBy: 'never',
  default: false,
});

export const wordingFlag = defineVariants('tests.wording', {
  description: 'How something is said.',
  owner: 'tests',
  removeBy: '2999-12-31',
  variants: ['plain', 'short', 'long'],
  default: 'plain',
});
