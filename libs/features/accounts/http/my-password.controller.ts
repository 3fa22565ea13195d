import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { RateLimited } from '#platform/http/rate-limit/rate-limited.decorator.js';
import { Authenticated } from '#platform/http/routes/access.decorators.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { ChangePassword } from '../application/passwords/change-password.js';
import {
  CurrentPasswordWrong,
  PasswordChecksBusy,
  PasswordNotSet,
  PasswordRefused,
  UserNotFound,
} from '../domain/user.errors.js';
import { passwordLimit } from './account.rate-limits.js';
import { type ChangePasswordBody, changePasswordBody } from './account.schemas.js';

@Controller({ path: 'me/password', version: '1' })
export class MyPasswordController {
  constructor(private readonly changePassword: ChangePassword) {}

  @Post()
  @ApiOperation({ summary: 'Change my password', description: 'Ends all other sessions.' })
  @Authenticated()
  @RateLimited(passwordLimit)
  @Returns(204)
  @Throws(CurrentPasswordWrong, PasswordRefused, PasswordNotSet, UserNotFound, PasswordChecksBusy)
  change(@Body({ schema: changePasswordBody }) body: ChangePasswordBody, @CurrentPrincipal() principal: Principal) {
    return this.changePassword.execute(principal, body);
  }
}
