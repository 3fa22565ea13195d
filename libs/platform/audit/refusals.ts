import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AppError } from '../kernel/app-error.js';
import { Audit } from '../kernel/audit.js';

/** Part of everyday life: no credential yet, or one whose time is over. */
const EVERYDAY: ReadonlySet<string> = new Set(['AUTHENTICATION_REQUIRED', 'ACCESS_TOKEN_EXPIRED', 'SESSION_ENDED']);

/** Every request that was refused for who asked: wrong passwords, forged tokens, missing permissions. */
@Injectable()
export class Refusals {
  constructor(private readonly audit: Audit) {}

  /** Called with every problem that is answered. */
  note({ definition: { kind, code }, about }: AppError, { method, routeOptions }: Pick<FastifyRequest, 'method' | 'routeOptions'>): void {
    if ((kind !== 'unauthenticated' && kind !== 'forbidden') || EVERYDAY.has(code)) return;

    const type = kind === 'forbidden' ? 'permission.refused' : 'authentication.failed';
    this.audit.notice({ type, subjectId: about, details: { code, route: `${method} ${routeOptions.url ?? ''}` } });
  }
}
