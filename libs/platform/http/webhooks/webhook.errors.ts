import { defineError } from '../../kernel/errors/app-error.js';

export const WebhookSignatureInvalid = defineError({
  kind: 'unauthenticated',
  code: 'WEBHOOK_SIGNATURE_INVALID',
  title: 'The webhook is not signed as it should be',
  help: 'Sign it by the Standard Webhooks specification, with the secret of this address and the time of this attempt.',
});
