import { paragraph } from '#platform/mail/templates/blocks.js';
import { defineMail } from '#platform/mail/templates/mail-template.js';

const example = { provider: 'Acme' };

export const linked = defineMail('identities.linked', {
  example,
  texts: {
    en: ({ provider }) => ({
      subject: `Your account can be opened with ${provider}`,
      blocks: [
        paragraph(`An account at ${provider} was linked to yours: signing in there opens your account here.`),
        paragraph('If that was you, there is nothing to do.'),
        paragraph('If it was not you, sign in, remove it from the ways to sign in, and ask for a new password.'),
      ],
    }),
    de: ({ provider }) => ({
      subject: `Ihr Konto lässt sich mit ${provider} öffnen`,
      blocks: [
        paragraph(
          `Ein Konto bei ${provider} wurde mit Ihrem verknüpft: wer sich dort anmeldet, öffnet hier Ihr Konto.`,
        ),
        paragraph('Wenn Sie das waren, ist nichts zu tun.'),
        paragraph(
          'Wenn Sie es nicht waren, melden Sie sich an, entfernen Sie diesen Weg der Anmeldung, und fordern Sie ein neues Passwort an.',
        ),
      ],
    }),
  },
});

export const unlinked = defineMail('identities.unlinked', {
  example,
  texts: {
    en: ({ provider }) => ({
      subject: `Your account can no longer be opened with ${provider}`,
      blocks: [
        paragraph(`An account at ${provider} was unlinked from yours: nobody gets in here with it any more.`),
        paragraph('If that was you, there is nothing to do.'),
        paragraph(
          'If it was not you, ask for a new password where you sign in, at once: the link comes to this address.',
        ),
      ],
    }),
    de: ({ provider }) => ({
      subject: `Ihr Konto lässt sich nicht mehr mit ${provider} öffnen`,
      blocks: [
        paragraph(`Ein Konto bei ${provider} wurde von Ihrem getrennt: mit ihm kommt hier niemand mehr herein.`),
        paragraph('Wenn Sie das waren, ist nichts zu tun.'),
        paragraph(
          'Wenn Sie es nicht waren, fordern Sie sofort bei der Anmeldung ein neues Passwort an: der Link kommt an diese Adresse.',
        ),
      ],
    }),
  },
});
