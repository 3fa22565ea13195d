import { defineError } from '../errors/app-error.js';

/** Who is asking. Built once per request from a verified credential; use cases decide with it. */
export type Principal = Readonly<{
  /** The user's id, also when one of their API keys is asking: what it creates belongs to them. */
  id: string;
  kind: 'user' | 'api-key';
  /** The session of the access token; API keys have none. */
  sessionId: string | null;
  /** Which key is asking, when it is one. */
  apiKeyId?: string;
  /** By name. What somebody may do is asked of `permissions`; roles say who a flag is on for. */
  roles: readonly string[];
  /** By name. */
  permissions: ReadonlySet<string>;
}>;

export const PermissionDenied = defineError({
  kind: 'forbidden',
  code: 'PERMISSION_DENIED',
  title: 'You may not do this',
  help: 'Ask an administrator for a role that holds the permission named in the detail.',
});
