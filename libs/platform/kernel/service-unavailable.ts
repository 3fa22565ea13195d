import { defineError } from './app-error.js';

/** What the answer needs is away, or has no room: nothing is wrong with the request. */
export const ServiceUnavailable = defineError({
  kind: 'unavailable',
  code: 'SERVICE_UNAVAILABLE',
  title: 'The service cannot answer now',
  help: 'Try again after the time in Retry-After.',
});
