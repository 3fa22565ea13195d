import { escapeHtml } from '#platform/kernel/values/escape-html.js';
import type { MailText } from '#platform/mail/mailer.js';

export const linked = (provider: string): MailText =>
  mailText(`Your account can be opened with ${provider}`, [
    `An account at ${provider} was linked to yours: signing in there opens your account here.`,
    'If that was you, there is nothing to do.',
    'If it was not you, sign in, remove it from the ways to sign in, and ask for a new password.',
  ]);

export const unlinked = (provider: string): MailText =>
  mailText(`Your account can no longer be opened with ${provider}`, [
    `An account at ${provider} was unlinked from yours: nobody gets in here with it any more.`,
    'If that was you, there is nothing to do.',
    'If it was not you, ask for a new password where you sign in, at once: the link comes to this address.',
  ]);

/** Escaped, because the name of a provider is free text of the configuration. */
const mailText = (subject: string, lines: readonly string[]): MailText => ({
  subject,
  text: `${lines.join('\n\n')}\n`,
  html: lines.map((line) => `<p>${escapeHtml(line)}</p>\n`).join(''),
});
