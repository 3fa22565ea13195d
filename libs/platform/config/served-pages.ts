import type { Env } from './env.js';

type Served = Pick<Env, 'DOCS' | 'QUEUE_DASHBOARD' | 'NODE_ENV'>;

/** Pages for people are there on one's own machine; in production, where somebody asks for them. */
const onByDefault = ({ NODE_ENV }: Served): boolean => NODE_ENV !== 'production';

export const servesDocs = (env: Served): boolean => env.DOCS ?? onByDefault(env);
export const servesQueueDashboard = (env: Served): boolean => env.QUEUE_DASHBOARD ?? onByDefault(env);

/** There wherever a page needs it: one that asks for a session, or the reference, whose readers want one. */
export const servesSignInPage = (env: Served): boolean => servesDocs(env) || servesQueueDashboard(env);
