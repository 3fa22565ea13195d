import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Audit, type AuditEvent } from '../kernel/audit.js';
import type { AppError, ErrorDefinition } from '../kernel/errors/app-error.js';

/** Part of everyday life: no credential yet, or one whose time is over. */
const EVERYDAY: ReadonlySet<string> = new Set(['AUTHENTICATION_REQUIRED', 'ACCESS_TOKEN_EXPIRED', 'SESSION_ENDED']);

/** Every request that was refused for who asked: wrong passwords, forged tokens and links, missing permissions. */
@Injectable()
export class Refusals {
  constructor(private readonly audit: Audit) {}

  /** Called with every problem that is answered. */
  note(
    { definition, auditSubjectId: subjectId }: AppError,
    { method, routeOptions }: Pick<FastifyRequest, 'method' | 'routeOptions'>,
  ): void {
    const type = typeOf(definition);
    if (type === null) return;
    this.audit.recordCoalesced({
      type,
      subjectId,
      details: { code: definition.code, route: `${method} ${routeOptions.url ?? ''}` },
    });
  }
}

function typeOf({
  kind,
  code,
  isFailedAuthentication = kind === 'unauthenticated',
}: ErrorDefinition): AuditEvent['type'] | null {
  if (EVERYDAY.has(code)) return null;
  if (kind === 'forbidden') return 'permission.refused';
  return isFailedAuthentication ? 'authentication.failed' : null;
}
