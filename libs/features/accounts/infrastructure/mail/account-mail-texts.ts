import type { MailText } from '#platform/mail/mailer.js';

/**
 * The token stands on a line of its own for those who call the API by hand.
 * Link and token are base64url and our own address: nothing in them needs escaping.
 */
export const verification = (link: string, token: string): MailText => ({
  subject: 'Confirm your e-mail address',
  text: `Somebody asked for an account with this e-mail address.

If that was you, open this link:

${link}

or send this token to POST /v1/auth/email/verify:

${token}

If it was not you, do nothing: without the link there is no account.
`,
  html: `<p>Somebody asked for an account with this e-mail address.</p>
<p>If that was you: <a href="${link}">confirm your address</a>.</p>
<p>Or send this token to <code>POST /v1/auth/email/verify</code>:<br><code>${token}</code></p>
<p>If it was not you, do nothing: without the link there is no account.</p>
`,
});

export const alreadyRegistered: MailText = {
  subject: 'You already have an account',
  text: `Somebody, probably you, tried to register with this e-mail address. It already has an account.

Sign in with the password you have. If you do not remember it, ask for a new one where you sign in.
If it was not you, do nothing: nobody learned that you have an account.
`,
  html: `<p>Somebody, probably you, tried to register with this e-mail address. It already has an account.</p>
<p>Sign in with the password you have. If you do not remember it, ask for a new one where you sign in.</p>
<p>If it was not you, do nothing: nobody learned that you have an account.</p>
`,
};

export const passwordReset = (link: string, token: string): MailText => ({
  subject: 'Choose a new password',
  text: `Somebody asked for a new password for the account with this e-mail address. Or you have just confirmed the address, and others had
tried to register with it, too: then none of the passwords counts, and you choose yours here.

If that was you, open this link within an hour:

${link}

or send this token with the new password to POST /v1/auth/password/reset:

${token}

If it was not you, do nothing: without the link your password stays as it is.
`,
  html: `<p>Somebody asked for a new password for the account with this e-mail address. Or you have just confirmed the address, and others had
tried to register with it, too: then none of the passwords counts, and you choose yours here.</p>
<p>If that was you: <a href="${link}">choose a new password</a> within an hour.</p>
<p>Or send this token with the new password to <code>POST /v1/auth/password/reset</code>:<br><code>${token}</code></p>
<p>If it was not you, do nothing: without the link your password stays as it is.</p>
`,
});

export const passwordChanged: MailText = {
  subject: 'Your password was changed',
  text: `The password of your account was changed, and everybody who was signed in elsewhere was signed out.

If that was you, there is nothing to do.
If it was not you, ask for a new password where you sign in, at once: the link comes to this address.
`,
  html: `<p>The password of your account was changed, and everybody who was signed in elsewhere was signed out.</p>
<p>If that was you, there is nothing to do.</p>
<p>If it was not you, ask for a new password where you sign in, at once: the link comes to this address.</p>
`,
};
