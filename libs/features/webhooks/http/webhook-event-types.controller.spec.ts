import { expect, it } from 'vitest';
import { webhooksApp } from '../testing/webhooks-app.js';

it('GET /v1/webhooks/event-types says what there is to hear of, and what it looks like', async () => {
  const { app } = await webhooksApp();

  const { data } = (await app.inject('/v1/webhooks/event-types')).json();

  expect(data).toContainEqual({
    name: 'thing.done',
    description: 'A thing is done.',
    schema: expect.objectContaining({ type: 'object', required: ['thingId', 'userId'] }),
    example: expect.objectContaining({ thingId: expect.any(String) }),
  });
});
