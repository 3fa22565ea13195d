import { describe, expect, it } from 'vitest';
import { givenUpWords, identifiersOf } from './given-up-words.ts';

describe('words that were given up', () => {
  it('are those of the last column', () => {
    const table =
      '| word | means | not |\n|---|---|---|\n| sign in | `begin` | `logIn`, `signin` |\n| role | `x` | |\n';

    expect(givenUpWords(table)).toEqual(['logIn', 'signin']);
    expect(() => givenUpWords('# Glossary')).toThrow('no word');
  });

  it.each(['logIn()', 'mayLogIn', 'class LogIn {', 'const logInTo = 1', 'logIns.length', 'a.signin'])(
    'are found in %s',
    (code) => {
      expect(identifiersOf(['logIn', 'signin'], 'a.ts', `\n${code}`)).toEqual([expect.stringMatching(/^a\.ts:2: /)]);
    },
  );

  it.each(['catalogIn', 'logInk', "'auth/login'", 'signInLimit', 'designing', 'signing'])('are not in %s', (code) => {
    expect(identifiersOf(['logIn', 'signin'], 'a.ts', code)).toEqual([]);
  });
});
