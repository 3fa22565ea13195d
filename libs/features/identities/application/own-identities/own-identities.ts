import { PermissionDenied, type Principal } from '#platform/kernel/access/principal.js';

/** An API key acts for its owner, and must not become a way to sign in as the owner. @throws PermissionDenied */
export function requireSignedIn({ sessionId }: Principal): void {
  if (sessionId === null)
    throw new PermissionDenied('Ways to sign in are for people who have signed in, not for API keys.');
}
