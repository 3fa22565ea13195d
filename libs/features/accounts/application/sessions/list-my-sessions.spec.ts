import { expect, it } from 'vitest';
import { anOpenSession, RecordedSessions } from '#platform/testing/doubles/recorded-sessions.js';
import { aPrincipal } from '#platform/testing/principal.factory.js';
import { ListMySessions } from './list-my-sessions.js';

it('shows which of the open sessions is the one that asks', async () => {
  const [sessions, here, elsewhere] = [new RecordedSessions(), anOpenSession(), anOpenSession()];
  sessions.open = [elsewhere, here];

  expect(await new ListMySessions(sessions).execute(aPrincipal({ sessionId: here.id }))).toEqual([
    { ...elsewhere, isCurrent: false },
    { ...here, isCurrent: true },
  ]);
});
