import { expect, it } from 'vitest';
import { NOW } from '../testing/endpoint.factory.js';
import { messageOf, testMessage } from './message.js';

const ID = '0190a5d2-8f00-7000-8000-000000000001';

it('says what happened, when, and its data', () => {
  const message = messageOf({ id: ID, name: 'thing.done', publishedAt: NOW.toISOString(), payload: { thing: 'é' } });

  expect(message).toEqual({
    id: 'msg_0190a5d28f0070008000000000000001',
    event: 'thing.done',
    body: '{"type":"thing.done","timestamp":"2030-01-01T12:00:00.000Z","data":{"thing":"é"}}',
  });
});

it('says of a test which endpoint it is for', () => {
  expect(JSON.parse(testMessage(ID, 'endpoint', NOW).body)).toMatchObject({
    type: 'webhook.test',
    data: { endpointId: 'endpoint' },
  });
});
