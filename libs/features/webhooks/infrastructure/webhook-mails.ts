import { paragraph } from '#platform/mail/templates/blocks.js';
import { defineMail } from '#platform/mail/templates/mail-template.js';
import type { DisabledReason } from '../domain/endpoint.js';

type Data = Readonly<{ place: string; reason: DisabledReason }>;
type Reasons = Readonly<Record<DisabledReason, string>>;

const WHY: Reasons = {
  owner: 'You have disabled it.',
  gone: 'It answered with 410 Gone, which says that it wants no more.',
  failing: 'Nothing that was sent to it has succeeded for five days.',
};
const WARUM: Reasons = {
  owner: 'Sie haben sie abgeschaltet.',
  gone: 'Sie hat mit 410 Gone geantwortet: sie will nichts mehr bekommen.',
  failing: 'Seit fünf Tagen ist dort nichts angekommen.',
};

const example: Data = { place: 'https://hooks.example.test', reason: 'failing' };

export const endpointDisabled = defineMail('webhooks.endpoint-disabled', {
  example,
  texts: {
    en: ({ place, reason }) => ({
      subject: 'A webhook endpoint of yours was disabled',
      blocks: [
        paragraph(`Nothing is sent to ${place} any more.`),
        paragraph(WHY[reason]),
        paragraph(
          'What waits for it is sent once you enable it again; what ended before, you can send again since a time.',
        ),
      ],
    }),
    de: ({ place, reason }) => ({
      subject: 'Eine Ihrer Webhook-Adressen wurde abgeschaltet',
      blocks: [
        paragraph(`An ${place} wird nichts mehr gesendet.`),
        paragraph(WARUM[reason]),
        paragraph(
          'Was noch wartet, wird gesendet, sobald Sie sie wieder einschalten; was vorher zu Ende ging, können Sie ab einer Zeit noch einmal senden.',
        ),
      ],
    }),
  },
});
