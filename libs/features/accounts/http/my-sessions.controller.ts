import { Controller, Delete, Get, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SessionTransport } from '#platform/auth/requests/session-transport.js';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { Authenticated } from '#platform/http/routes/access.decorators.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { EndMySessions } from '../application/sessions/end-my-sessions.js';
import { ListMySessions } from '../application/sessions/list-my-sessions.js';
import { SessionNotFound } from '../domain/user.errors.js';
import { mySessionResponse, type SessionParams, sessionParams } from './account.schemas.js';

@ApiTags('Me')
@Controller({ path: 'me/sessions', version: '1' })
export class MySessionsController {
  constructor(
    private readonly listMySessions: ListMySessions,
    private readonly endMySessions: EndMySessions,
    private readonly transport: SessionTransport,
  ) {}

  /** Open sessions, the newest first: a hundred at most. */
  @Get()
  @Authenticated()
  @Returns(200, z.array(mySessionResponse))
  list(@CurrentPrincipal() principal: Principal) {
    return this.listMySessions.execute(principal);
  }

  /** Signs out everywhere but here. */
  @Delete()
  @Authenticated()
  @Returns(204)
  endOthers(@CurrentPrincipal() principal: Principal) {
    return this.endMySessions.execute(principal);
  }

  /** Ending the session that asks is a logout. */
  @Delete(':id')
  @Authenticated()
  @Returns(204)
  @Throws(SessionNotFound)
  async end(
    @Param({ schema: sessionParams }) { id }: SessionParams,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.endMySessions.execute(principal, id);
    if (id === principal.sessionId) this.transport.forget({ request, reply });
  }
}
