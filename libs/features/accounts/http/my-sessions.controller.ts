import { Controller, Delete, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
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

@Controller({ path: 'me/sessions', version: '1' })
export class MySessionsController {
  constructor(
    private readonly listMySessions: ListMySessions,
    private readonly endMySessions: EndMySessions,
    private readonly transport: SessionTransport,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List my sessions', description: 'The open ones, the newest first: a hundred at most.' })
  @Authenticated()
  @Returns(200, z.array(mySessionResponse))
  list(@CurrentPrincipal() principal: Principal) {
    return this.listMySessions.execute(principal);
  }

  @Delete()
  @ApiOperation({ summary: 'End my other sessions', description: 'Signs out everywhere but here.' })
  @Authenticated()
  @Returns(204)
  endOthers(@CurrentPrincipal() principal: Principal) {
    return this.endMySessions.execute(principal);
  }

  @Delete(':id')
  @ApiOperation({ summary: 'End one of my sessions', description: 'Ending the session that asks is a logout.' })
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
