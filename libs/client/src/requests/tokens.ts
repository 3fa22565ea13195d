import type { components } from '../generated/api.js';

type Session = components['schemas']['Session'];

/**
 * What a sign-in has answered: `tokens.save(session)`. With a `csrfToken` the session is in cookies, and the only thing to keep is that;
 * an API key is an `accessToken` alone.
 */
export type Tokens = Partial<Pick<Session, 'accessToken' | 'refreshToken' | 'csrfToken'>>;

/** Where they are kept: in memory, in the local storage, in a keychain. */
export type TokenStore = Readonly<{
  load: () => Tokens | null | Promise<Tokens | null>;
  /** Null: the session is over. */
  save: (tokens: Tokens | null) => void | Promise<void>;
}>;

/** Until the page is reloaded or the process ends. */
export function memoryTokens(tokens: Tokens | null = null): TokenStore {
  let current = tokens;
  return {
    load: () => current,
    save: (next) => {
      current = next;
    },
  };
}
