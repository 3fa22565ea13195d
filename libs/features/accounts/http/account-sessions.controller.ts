import { Controller, Delete, Param } from '@nestjs/common';
import { UserNotFound } from '#features/users/index.js';
import { RequirePermission } from '#platform/access/access.decorators.js';
import { CurrentPrincipal } from '#platform/http/current-principal.decorator.js';
import { Returns } from '#platform/http/returns.decorator.js';
import { Throws } from '#platform/http/throws.decorator.js';
import type { Principal } from '#platform/kernel/principal.js';
import { EndSessions } from '../application/end-sessions.js';
import { type AccountParams, accountParams } from './account.schemas.js';

@Controller({ path: 'users/:id/sessions', version: '1' })
export class AccountSessionsController {
  constructor(private readonly endSessions: EndSessions) {}

  @Delete()
  @RequirePermission('sessions:end')
  @Returns(204)
  @Throws(UserNotFound)
  end(@Param({ schema: accountParams }) { id }: AccountParams, @CurrentPrincipal() principal: Principal) {
    return this.endSessions.execute(principal, id);
  }
}
