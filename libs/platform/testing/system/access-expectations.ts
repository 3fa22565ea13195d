import type { Account } from './administration.js';
import type { System } from './system.js';

/*
 * What an operation answers to everybody who may call it. `user` owns what the operation is about, `other` is somebody else,
 * `admin` is an administrator, and `apiKey` is a key of the administrator that was given a few permissions to read.
 * What outlasts a session asks for a `recentSignIn`, and says so.
 */
export type Callers = Readonly<{ anonymous: number; user: number; other: number; admin: number; apiKey: number }>;
type Call = Readonly<{ params?: Record<string, string>; body?: unknown; headers?: Record<string, string> }>;
export type Expectation = Readonly<{
  statuses: Callers;
  recentSignIn?: true;
  call?: (world: World) => Promise<Call> | Call;
}>;
export type World = Readonly<{ system: System; user: Account; other: Account; admin: Account; apiKey: string }>;

export const open = (status: number): Callers => ({
  anonymous: status,
  user: status,
  other: status,
  admin: status,
  apiKey: status,
});
/** Their own affairs: no API key has a say in them. */
export const signedIn = (status: number): Callers => ({ ...open(status), anonymous: 401, apiKey: 403 });
export const anyCredential = (status: number): Callers => ({ ...open(status), anonymous: 401 });
export const administrators = (status: number, apiKey = 403): Callers => ({
  anonymous: 401,
  user: 403,
  other: 403,
  admin: status,
  apiKey,
});
/** Administrators do not own what others own. */
export const owners = (status: number, apiKey: number): Callers => ({
  anonymous: 401,
  user: status,
  other: 404,
  admin: 404,
  apiKey,
});
