import { Controller, Delete, Get, Param } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { openSessionResponse, UserNotFound } from '#features/accounts/index.js';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { RequirePermission } from '#platform/http/routes/access.decorators.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { EndSessions } from '../application/end-sessions.js';
import { ListSessions } from '../application/list-sessions.js';
import { endSessions, readSessions } from '../application/user.permissions.js';
import { type UserParams, userParams } from './user.schemas.js';

@Controller({ path: 'users/:id/sessions', version: '1' })
export class UserSessionsController {
  constructor(
    private readonly listSessions: ListSessions,
    private readonly endSessions: EndSessions,
  ) {}

  @Get()
  @ApiOperation({ summary: "List a user's sessions" })
  @RequirePermission(readSessions)
  @Returns(200, z.array(openSessionResponse))
  @Throws(UserNotFound)
  list(@Param({ schema: userParams }) { id }: UserParams) {
    return this.listSessions.execute(id);
  }

  @Delete()
  @ApiOperation({ summary: "End all of a user's sessions", description: 'Effective in every process within a second.' })
  @RequirePermission(endSessions)
  @Returns(204)
  @Throws(UserNotFound)
  end(@Param({ schema: userParams }) { id }: UserParams, @CurrentPrincipal() principal: Principal) {
    return this.endSessions.execute(principal, id);
  }
}
