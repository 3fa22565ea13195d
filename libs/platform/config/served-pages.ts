import type { Env } from './env.js';

type Served = Pick<Env, 'DOCS' | 'NODE_ENV'>;

/** Pages for people are there on one's own machine; in production, where somebody asks for them. */
export const servesDocs = (env: Served): boolean => env.DOCS ?? env.NODE_ENV !== 'production';

/** There wherever a page needs it: readers of the reference want a session. */
export const servesSignInPage = (env: Served): boolean => servesDocs(env);
