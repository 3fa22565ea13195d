import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { query } from './postgres.ts';

export type Caller = Readonly<{
  userId: string;
  sessionId: string;
  expiresAt: number;
  permissions: ReadonlySet<string>;
}>;

const { keys } = JSON.parse(process.env['AUTH_SIGNING_KEYS'] ?? '') as JSONWebKeySet;
const publicKeys = createLocalJWKSet({ keys: keys.map(({ d: _private, ...key }) => key) });
const known = new LRUCache<string, Caller>({ max: 10_000 });
const endedSessions = new Set<string>();
const rolePermissions = new Map<string, ReadonlySet<string>>([['user', new Set(['parcels:read', 'parcels:send'])]]);

export async function loadPermissions(): Promise<void> {
  const roles = await query<{ name: string; permissions: string[] }>(
    { name: 'roles', text: 'SELECT name, permissions FROM roles WHERE NOT built_in' },
    [],
  );
  for (const { name, permissions } of roles) rolePermissions.set(name, new Set(permissions));
}

/** A signature is checked once per token and process. */
export async function verifyBearer(authorization: string | undefined): Promise<Caller | null> {
  if (!authorization?.startsWith('Bearer ')) return null;
  const token = authorization.slice('Bearer '.length);

  const caller = known.get(token) ?? (await verify(token));
  if (!caller || caller.expiresAt <= Date.now() || endedSessions.has(caller.sessionId)) return null;
  return caller;
}

async function verify(token: string): Promise<Caller | null> {
  try {
    const { payload } = await jwtVerify(token, publicKeys, {
      typ: 'at+jwt',
      issuer: process.env['PUBLIC_URL'],
      audience: 'api',
      algorithms: ['EdDSA'],
      requiredClaims: ['sub', 'sid', 'jti', 'iat', 'exp', 'client_id'],
    });
    const roles = await query<{ role_name: string }>(
      { name: 'roles-of-user', text: 'SELECT role_name FROM user_roles WHERE user_id = $1' },
      [payload.sub],
    );
    const permissions = new Set(roles.flatMap(({ role_name }) => [...(rolePermissions.get(role_name) ?? [])]));
    const caller = {
      userId: String(payload.sub),
      sessionId: String(payload['sid']),
      expiresAt: Number(payload.exp) * 1000,
      permissions,
    };
    known.set(token, caller);
    return caller;
  } catch {
    return null;
  }
}
