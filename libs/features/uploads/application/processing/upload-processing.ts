import { z } from 'zod';
import { defineOperation } from '#platform/kernel/operations/operation-definition.js';

/** Longer than a transaction may take: a film is read to its end. It begins anew whenever it was cut short. */
export const uploadProcessing = defineOperation({
  kind: 'uploads.process',
  input: z.object({ uploadId: z.uuid() }),
  checkpoint: z.null(),
  timeoutSeconds: 900,
});
