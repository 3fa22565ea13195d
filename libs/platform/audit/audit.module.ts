import { Global, Module } from '@nestjs/common';
import { Audit } from '../kernel/audit.js';
import { Refusals } from './refusals.js';
import { SqlAudit } from './sql-audit.js';

/** Needed by both apps: jobs act, too. */
@Global()
@Module({ providers: [{ provide: Audit, useClass: SqlAudit }, Refusals], exports: [Audit, Refusals] })
export class AuditModule {}
