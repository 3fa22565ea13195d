import { defineError } from '#platform/kernel/errors/app-error.js';

export const UserNotFound = defineError({
  kind: 'not-found',
  code: 'USER_NOT_FOUND',
  title: 'There is no such user',
  help: 'Check the id.',
});

export const EmailTaken = defineError({
  kind: 'conflict',
  code: 'EMAIL_TAKEN',
  title: 'The address belongs to another account',
  help: 'Sign in to that account, or use another address.',
});

export const PasswordRefused = defineError({
  kind: 'invalid',
  code: 'PASSWORD_REFUSED',
  title: 'The password is too easy to guess',
  help: 'Choose one that breaks none of the rules in `errors`. Several words in a row are easy to remember and hard to guess.',
});

export const InvalidCredentials = defineError({
  kind: 'unauthenticated',
  code: 'INVALID_CREDENTIALS',
  title: 'The e-mail address or the password is wrong',
  help: 'Check both. Without an account yet, register first.',
});

export const EmailNotVerified = defineError({
  kind: 'forbidden',
  code: 'EMAIL_NOT_VERIFIED',
  title: 'The e-mail address is not verified',
  help: 'Open the link in the mail that was sent to it, or ask for another: POST /v1/auth/email/resend.',
});

export const AccountDisabled = defineError({
  kind: 'forbidden',
  code: 'ACCOUNT_DISABLED',
  title: 'The account is disabled',
  help: 'Ask an administrator.',
});

export const EmailTokenInvalid = defineError({
  kind: 'invalid',
  code: 'EMAIL_TOKEN_INVALID',
  title: 'The link is not valid, was used before, or is too old',
  help: 'Take the newest mail. If its link is too old, register again.',
  isFailedAuthentication: true,
});

export const PasswordChecksBusy = defineError({
  kind: 'unavailable',
  code: 'PASSWORD_CHECKS_BUSY',
  title: 'Too many people sign in at the moment',
  help: 'Try again after the time in Retry-After.',
});

export const ResetTokenInvalid = defineError({
  kind: 'invalid',
  code: 'RESET_TOKEN_INVALID',
  title: 'The link is not valid, was used before, or is too old',
  help: 'Take the newest mail, or ask for another: POST /v1/auth/password/forgot.',
  isFailedAuthentication: true,
});

export const CurrentPasswordWrong = defineError({
  kind: 'invalid',
  code: 'CURRENT_PASSWORD_WRONG',
  title: 'The current password is wrong',
  help: 'Check it. If you do not remember it, ask for a link by mail: POST /v1/auth/password/forgot.',
  isFailedAuthentication: true,
});

export const PasswordNotSet = defineError({
  kind: 'conflict',
  code: 'PASSWORD_NOT_SET',
  title: 'The account has no password yet',
  help: 'Ask for a link by mail to choose the first one: POST /v1/auth/password/forgot.',
});

export const SignInThrottled = defineError({
  kind: 'too-many-requests',
  code: 'SIGN_IN_THROTTLED',
  title: 'Too many attempts to sign in to this account',
  help: 'Wait for the time in Retry-After. A new password by mail, POST /v1/auth/password/forgot, opens the way at once.',
  isFailedAuthentication: true,
});

export const SessionNotFound = defineError({
  kind: 'not-found',
  code: 'SESSION_NOT_FOUND',
  title: 'There is no such session',
  help: 'Look up the open ones: GET /v1/me/sessions.',
});
