import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { PreferredLocale } from '#platform/http/input/preferred-locale.decorator.js';
import { RateLimited } from '#platform/http/rate-limit/rate-limited.decorator.js';
import { Public } from '#platform/http/routes/access.decorators.js';
import type { Locale } from '#platform/kernel/values/locales.js';
import { Register } from '../application/registration/register.js';
import { ResendVerification } from '../application/registration/resend-verification.js';
import { VerifyEmail } from '../application/registration/verify-email.js';
import { EmailTaken, EmailTokenInvalid, PasswordChecksBusy, PasswordRefused } from '../domain/user.errors.js';
import { mailLimit, registerLimit, tokenLimit } from './account.rate-limits.js';
import {
  type RegisterBody,
  type ResendBody,
  registerBody,
  resendBody,
  type VerifyEmailBody,
  verifyEmailBody,
} from './account.schemas.js';

@Controller({ path: 'auth', version: '1' })
export class RegistrationController {
  constructor(
    private readonly registerUser: Register,
    private readonly verifyEmail: VerifyEmail,
    private readonly resendVerification: ResendVerification,
  ) {}

  @Post('register')
  @ApiOperation({
    summary: 'Register an account',
    description:
      'Sends a mail; the account begins when the link in it is opened. Mails are in the language of Accept-Language, as far as there is one. The answer is the same for an address that has one.',
  })
  @Public()
  @RateLimited(registerLimit)
  @Returns(202)
  @Throws(PasswordRefused, PasswordChecksBusy)
  register(@Body({ schema: registerBody }) body: RegisterBody, @PreferredLocale() locale: Locale | null) {
    return this.registerUser.execute({ ...body, locale });
  }

  @Post('email/verify')
  @ApiOperation({ summary: 'Verify an e-mail address', description: 'Takes the token of the link that was mailed.' })
  @Public()
  @RateLimited(tokenLimit)
  @Returns(204)
  @Throws(EmailTokenInvalid, EmailTaken)
  verify(@Body({ schema: verifyEmailBody }) { token }: VerifyEmailBody) {
    return this.verifyEmail.execute(token);
  }

  @Post('email/resend')
  @ApiOperation({
    summary: 'Send the verification mail again',
    description: 'The answer is the same for an address that nobody registered.',
  })
  @Public()
  @RateLimited(mailLimit)
  @Returns(202)
  resend(@Body({ schema: resendBody }) { email }: ResendBody) {
    return this.resendVerification.execute(email);
  }
}
