import { Body, Controller, Ip, Post } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { RateLimited } from '#platform/http/rate-limit/rate-limited.decorator.js';
import { Public } from '#platform/http/routes/access.decorators.js';
import { ForgotPassword } from '../application/passwords/reset/forgot-password.js';
import { ResetPassword } from '../application/passwords/reset/reset-password.js';
import { PasswordChecksBusy, PasswordRefused, ResetTokenInvalid } from '../domain/user.errors.js';
import { mailLimit, tokenLimit } from './account.rate-limits.js';
import {
  type ForgotPasswordBody,
  forgotPasswordBody,
  type ResetPasswordBody,
  resetPasswordBody,
} from './account.schemas.js';

@Controller({ path: 'auth/password', version: '1' })
export class PasswordResetController {
  constructor(
    private readonly forgotPassword: ForgotPassword,
    private readonly resetPassword: ResetPassword,
  ) {}

  @Post('forgot')
  @ApiOperation({
    summary: 'Ask for a password reset',
    description: 'Sends a mail. The answer is the same for an address that has no account.',
  })
  @Public()
  @RateLimited(mailLimit)
  @Returns(202)
  forgot(@Body({ schema: forgotPasswordBody }) { email }: ForgotPasswordBody) {
    return this.forgotPassword.execute(email);
  }

  @Post('reset')
  @ApiOperation({
    summary: 'Reset a password',
    description: 'Takes the token of the link that was mailed, and ends all sessions.',
  })
  @Public()
  @RateLimited(tokenLimit)
  @Returns(204)
  @Throws(ResetTokenInvalid, PasswordRefused, PasswordChecksBusy)
  reset(@Body({ schema: resetPasswordBody }) body: ResetPasswordBody, @Ip() ipAddress: string) {
    return this.resetPassword.execute(body, ipAddress);
  }
}
