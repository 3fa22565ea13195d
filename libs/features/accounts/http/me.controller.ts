import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { Authenticated } from '#platform/http/routes/access.decorators.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { GetMe } from '../application/profile/get-me.js';
import { UpdateMe } from '../application/profile/update-me.js';
import { UserNotFound } from '../domain/user.errors.js';
import { meResponse, type UpdateMeBody, updateMeBody } from './account.schemas.js';

@Controller({ path: 'me', version: '1' })
export class MeController {
  constructor(
    private readonly getMe: GetMe,
    private readonly updateMe: UpdateMe,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Get my account' })
  @Authenticated()
  @Returns(200, meResponse)
  @Throws(UserNotFound)
  get(@CurrentPrincipal() principal: Principal) {
    return this.getMe.execute(principal);
  }

  @Patch()
  @ApiOperation({ summary: 'Change my name or language', description: 'What is left out stays as it is.' })
  @Authenticated()
  @Returns(200, meResponse)
  @Throws(UserNotFound)
  update(@Body({ schema: updateMeBody }) change: UpdateMeBody, @CurrentPrincipal() principal: Principal) {
    return this.updateMe.execute(principal, change);
  }
}
