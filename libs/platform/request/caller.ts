import type { FastifyRequest } from 'fastify';
import { networkOf } from './network-of.js';

/** As whom a request is counted: `user:<id>`, `api-key:<id>` (two keys of one user are two services) or `network:<address>`. */
export function callerOf({ principal, ip }: Pick<FastifyRequest, 'principal' | 'ip'>): string {
  return principal ? `${principal.kind}:${principal.apiKeyId ?? principal.id}` : networkCallerOf({ ip });
}

export const networkCallerOf = ({ ip }: Pick<FastifyRequest, 'ip'>): string => `network:${networkOf(ip)}`;
