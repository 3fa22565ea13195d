import type { PublishedEvent } from '#platform/kernel/jobs/events.js';

/** What is sent: `body` to the byte, as it is signed. */
export type Message = Readonly<{ id: string; event: string; body: string }>;

/** What a test sends. It is no event of the service, and nobody subscribes to it. */
const TEST_EVENT = 'webhook.test';

/** As the Standard Webhooks specification proposes: what happened, when, and its data. */
export function messageOf({ id, name, publishedAt, payload }: Omit<PublishedEvent, 'userId'>): Message {
  return {
    id: `msg_${id.replaceAll('-', '')}`,
    event: name,
    body: JSON.stringify({ type: name, timestamp: publishedAt, data: payload }),
  };
}

export const testMessage = (id: string, endpointId: string, now: Date): Message =>
  messageOf({ id, name: TEST_EVENT, publishedAt: now.toISOString(), payload: { endpointId } });
