import { z } from 'zod';
import { transport } from '#platform/auth/requests/session-transport.js';
import { timestamp } from '#platform/http/answers/timestamp.js';
import { oneLineText } from '#platform/http/input/one-line-text.js';
import { pathId } from '#platform/http/input/path-id.js';
import { emailAddress } from '#platform/kernel/values/email-address.js';
import { LOCALES } from '#platform/kernel/values/locales.js';
import { characters, PASSWORD_LENGTH } from '../domain/password.js';

const MAX_NAME_LENGTH = 200;

const email = emailAddress().meta({
  description: 'Compared without regard to case, surrounding spaces and how a Unicode domain is written.',
  examples: ['ada@example.com'],
});

/** Length only: what else makes a password a bad one depends on the account, and is the use case's to say. */
const newPassword = z
  .string()
  .refine((text) => characters(text) >= PASSWORD_LENGTH.min, `Use at least ${PASSWORD_LENGTH.min} characters.`)
  .refine((text) => characters(text) <= PASSWORD_LENGTH.max, `Use at most ${PASSWORD_LENGTH.max} characters.`)
  .meta({
    minLength: PASSWORD_LENGTH.min,
    maxLength: PASSWORD_LENGTH.max,
    format: 'password',
    description: 'Any characters. Common passwords and the own e-mail address are refused.',
    examples: ['correct horse battery staple'],
  });

/** Nothing is demanded of a password that is only compared: it is right or it is wrong. */
const password = z
  .string()
  .min(1)
  .max(PASSWORD_LENGTH.max * 2)
  .meta({ format: 'password', examples: ['correct horse battery staple'] });

const name = oneLineText(MAX_NAME_LENGTH).meta({ examples: ['Ada Lovelace'] });

const locale = z.enum(LOCALES).meta({
  description: 'The language of the mails to this account; null: the default one.',
  examples: ['de'],
});

const token = z
  .string()
  .min(1)
  .max(500)
  .meta({ examples: ['Yq3vK9mB2tX7pL4sW8cJ1n'] });

export const registerBody = z
  .strictObject({ email, password: newPassword, name: name.optional() })
  .meta({ id: 'RegisterBody' });
export type RegisterBody = z.infer<typeof registerBody>;

export const verifyEmailBody = z.strictObject({ token }).meta({ id: 'VerifyEmailBody' });
export type VerifyEmailBody = z.infer<typeof verifyEmailBody>;

export const resendBody = z.strictObject({ email }).meta({ id: 'ResendBody' });
export type ResendBody = z.infer<typeof resendBody>;

export const signInBody = z.strictObject({ email, password, transport }).meta({ id: 'SignInBody' });
export type SignInBody = z.infer<typeof signInBody>;

export const reauthenticateBody = z.strictObject({ currentPassword: password }).meta({ id: 'ReauthenticateBody' });
export type ReauthenticateBody = z.infer<typeof reauthenticateBody>;

/** Nothing at all is fine for web clients: their token is in a cookie. */
export const refreshBody = z.strictObject({ refreshToken: token.optional() }).nullish().meta({ id: 'RefreshBody' });
export type RefreshBody = z.infer<typeof refreshBody>;

export const forgotPasswordBody = z.strictObject({ email }).meta({ id: 'ForgotPasswordBody' });
export type ForgotPasswordBody = z.infer<typeof forgotPasswordBody>;

export const resetPasswordBody = z.strictObject({ token, password: newPassword }).meta({ id: 'ResetPasswordBody' });
export type ResetPasswordBody = z.infer<typeof resetPasswordBody>;

export const changePasswordBody = z
  .strictObject({ currentPassword: password, newPassword })
  .meta({ id: 'ChangePasswordBody' });
export type ChangePasswordBody = z.infer<typeof changePasswordBody>;

export const sessionParams = z.strictObject({ id: pathId });
export type SessionParams = z.infer<typeof sessionParams>;

export const updateMeBody = z
  .strictObject({ name: name.nullable().optional(), locale: locale.nullable().optional() })
  .meta({ id: 'UpdateMeBody' });
export type UpdateMeBody = z.infer<typeof updateMeBody>;

export const sessionResponse = z
  .object({
    accessToken: z.string().meta({
      description: 'Send it as Authorization: Bearer <token>.',
    }),
    tokenType: z.literal('Bearer').default('Bearer'),
    expiresIn: z.int().min(0).meta({ description: 'Seconds until the access token expires.' }),
    refreshToken: z.string().optional().meta({
      description:
        'Works once; POST /v1/auth/refresh answers with its successor. With cookies it is in one of them, and not here.',
    }),
    refreshExpiresIn: z.int().min(0).meta({ description: 'Seconds in which the session has to be refreshed.' }),
    sessionId: z.uuid(),
    csrfToken: z.string().optional().meta({
      description:
        'With cookies only: send it as X-CSRF-Token with everything but GET. The same for the whole session.',
    }),
  })
  .meta({
    id: 'Session',
    examples: [
      {
        accessToken: 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIwMTk3In0.c2lnbmF0dXJl',
        tokenType: 'Bearer',
        expiresIn: 600,
        refreshToken: 'Yq3vK9mB2tX7pL4sW8cJ1n',
        refreshExpiresIn: 1_209_600,
        sessionId: '01979a3c-5b1e-7c40-9d2a-3f6b8e1c0a57',
      },
    ],
  });

export const openSessionResponse = z
  .object({
    id: z.uuid(),
    userAgent: z
      .string()
      .nullable()
      .meta({ description: 'Of the client that signed in.', examples: ['Mozilla/5.0'] }),
    ipAddress: z
      .string()
      .nullable()
      .meta({ description: 'Of the client that signed in.', examples: ['192.0.2.1'] }),
    createdAt: timestamp,
    rotatedAt: timestamp.meta({ description: 'When it was last refreshed.' }),
    expiresAt: timestamp.meta({ description: 'The end that no refresh moves.' }),
  })
  .meta({ id: 'OpenSession' });

export const mySessionResponse = openSessionResponse
  .extend({
    isCurrent: z.boolean().meta({ description: 'Whether this is the session that asks.' }),
  })
  .meta({ id: 'MySession' });

export const meResponse = z
  .object({
    id: z.uuid(),
    email: z.string().meta({ examples: ['ada@example.com'] }),
    name: z
      .string()
      .nullable()
      .meta({ examples: ['Ada Lovelace'] }),
    locale: locale.nullable(),
    createdAt: timestamp,
  })
  .meta({ id: 'Me' });
