import { code, link, paragraph } from '#platform/mail/templates/blocks.js';
import { defineMail } from '#platform/mail/templates/mail-template.js';

const aWayIn = (page: string) => ({ link: `https://www.example.test/${page}#token=AZqTr0ken`, token: 'AZqTr0ken' });

/** The token stands on a line of its own for those who call the API by hand. */
export const verification = defineMail('accounts.verification', {
  example: aWayIn('verify-email'),
  texts: {
    en: ({ link: url, token }) => ({
      subject: 'Confirm your e-mail address',
      blocks: [
        paragraph('Somebody asked for an account with this e-mail address.'),
        link('If that was you, open this link:', { label: 'Confirm your address', url }),
        code('or send this token to POST /v1/auth/email/verify:', token),
        paragraph('If it was not you, do nothing: without the link there is no account.'),
      ],
    }),
    de: ({ link: url, token }) => ({
      subject: 'Bestätigen Sie Ihre E-Mail-Adresse',
      blocks: [
        paragraph('Jemand möchte ein Konto mit dieser E-Mail-Adresse anlegen.'),
        link('Wenn Sie das sind, öffnen Sie diesen Link:', { label: 'Adresse bestätigen', url }),
        code('oder senden Sie diesen Token an POST /v1/auth/email/verify:', token),
        paragraph('Wenn Sie es nicht sind, tun Sie nichts: ohne den Link entsteht kein Konto.'),
      ],
    }),
  },
});

export const alreadyRegistered = defineMail('accounts.already-registered', {
  example: {},
  texts: {
    en: () => ({
      subject: 'You already have an account',
      blocks: [
        paragraph('Somebody, probably you, tried to register with this e-mail address. It already has an account.'),
        paragraph(
          'Sign in with the password you have. If you do not remember it, ask for a new one where you sign in.',
        ),
        paragraph('If it was not you, do nothing: nobody learned that you have an account.'),
      ],
    }),
    de: () => ({
      subject: 'Sie haben schon ein Konto',
      blocks: [
        paragraph(
          'Jemand, wahrscheinlich Sie, wollte sich mit dieser E-Mail-Adresse registrieren. Zu ihr gibt es schon ein Konto.',
        ),
        paragraph(
          'Melden Sie sich mit Ihrem Passwort an. Wenn Sie es nicht mehr wissen, fordern Sie bei der Anmeldung ein neues an.',
        ),
        paragraph('Wenn Sie es nicht waren, tun Sie nichts: niemand hat erfahren, dass Sie ein Konto haben.'),
      ],
    }),
  },
});

export const passwordReset = defineMail('accounts.password-reset', {
  example: aWayIn('reset-password'),
  texts: {
    en: ({ link: url, token }) => ({
      subject: 'Choose a new password',
      blocks: [
        paragraph(
          'Somebody asked for a new password for the account with this e-mail address. Or you have just confirmed the address, and others had tried to register with it, too: then none of the passwords counts, and you choose yours here.',
        ),
        link('If that was you, open this link within an hour:', { label: 'Choose a new password', url }),
        code('or send this token with the new password to POST /v1/auth/password/reset:', token),
        paragraph('If it was not you, do nothing: without the link your password stays as it is.'),
      ],
    }),
    de: ({ link: url, token }) => ({
      subject: 'Wählen Sie ein neues Passwort',
      blocks: [
        paragraph(
          'Jemand hat ein neues Passwort für das Konto mit dieser E-Mail-Adresse angefordert. Oder Sie haben die Adresse gerade bestätigt, und auch andere hatten sich mit ihr registrieren wollen: dann gilt keines der Passwörter, und Sie wählen hier Ihres.',
        ),
        link('Wenn Sie das waren, öffnen Sie innerhalb einer Stunde diesen Link:', {
          label: 'Neues Passwort wählen',
          url,
        }),
        code('oder senden Sie diesen Token mit dem neuen Passwort an POST /v1/auth/password/reset:', token),
        paragraph('Wenn Sie es nicht waren, tun Sie nichts: ohne den Link bleibt Ihr Passwort, wie es ist.'),
      ],
    }),
  },
});

export const passwordChanged = defineMail('accounts.password-changed', {
  example: {},
  texts: {
    en: () => ({
      subject: 'Your password was changed',
      blocks: [
        paragraph(
          'The password of your account was changed, and everybody who was signed in elsewhere was signed out.',
        ),
        paragraph('If that was you, there is nothing to do.'),
        paragraph(
          'If it was not you, ask for a new password where you sign in, at once: the link comes to this address.',
        ),
      ],
    }),
    de: () => ({
      subject: 'Ihr Passwort wurde geändert',
      blocks: [
        paragraph('Das Passwort Ihres Kontos wurde geändert, und alle anderen Anmeldungen wurden beendet.'),
        paragraph('Wenn Sie das waren, ist nichts zu tun.'),
        paragraph(
          'Wenn Sie es nicht waren, fordern Sie sofort bei der Anmeldung ein neues Passwort an: der Link kommt an diese Adresse.',
        ),
      ],
    }),
  },
});
