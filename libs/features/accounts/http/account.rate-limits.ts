import { defineRateLimit } from '#platform/http/rate-limit/rate-limit.js';

/* Whatever checks or mails a secret is closed without Redis: nobody shall guess while nobody counts. */

export const signInLimit = defineRateLimit('login', {
  quota: { requests: 20, windowSeconds: 60 },
  withoutRedis: 'closed',
  description: 'Attempts to sign in, per network, whichever accounts they are at.',
});

export const registerLimit = defineRateLimit('register', {
  quota: { requests: 20, windowSeconds: 60 },
  withoutRedis: 'closed',
  description: 'Registrations, per network.',
});

export const mailLimit = defineRateLimit('mail', {
  quota: { requests: 10, windowSeconds: 60 },
  withoutRedis: 'closed',
  description: "What mails somebody's inbox, per network.",
});

export const tokenLimit = defineRateLimit('token', {
  quota: { requests: 30, windowSeconds: 60 },
  withoutRedis: 'closed',
  description: 'Proof by a mailed token, per network.',
});

export const passwordLimit = defineRateLimit('password', {
  quota: { requests: 10, windowSeconds: 600 },
  withoutRedis: 'closed',
  description: 'Proof by the current password, per user: the holder of a stolen access token shall not guess it.',
});

export const refreshLimit = defineRateLimit('refresh', {
  withoutRedis: 'open',
  description: 'Refreshing sessions, per network; apart, so that reading public pages there signs nobody out.',
});
