import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Authenticated } from '#platform/access/access.decorators.js';
import { CurrentPrincipal } from '#platform/http/current-principal.decorator.js';
import { RateLimited } from '#platform/http/rate-limit/rate-limited.decorator.js';
import { Returns } from '#platform/http/returns.decorator.js';
import { Throws } from '#platform/http/throws.decorator.js';
import type { Principal } from '#platform/kernel/principal.js';
import { ChangePassword } from '../application/change-password.js';
import {
  CurrentPasswordWrong,
  PasswordChecksBusy,
  PasswordNotSet,
  PasswordRefused,
  UserNotFound,
} from '../domain/user.errors.js';
import { passwordLimit } from './user.rate-limits.js';
import { type ChangePasswordBody, changePasswordBody } from './user.schemas.js';

@ApiTags('Me')
@Controller({ path: 'me/password', version: '1' })
export class MyPasswordController {
  constructor(private readonly changePassword: ChangePassword) {}

  @Post()
  @Authenticated()
  @RateLimited(passwordLimit)
  @Returns(204)
  @Throws(CurrentPasswordWrong, PasswordRefused, PasswordNotSet, UserNotFound, PasswordChecksBusy)
  change(@Body({ schema: changePasswordBody }) body: ChangePasswordBody, @CurrentPrincipal() principal: Principal) {
    return this.changePassword.execute(principal, body);
  }
}
