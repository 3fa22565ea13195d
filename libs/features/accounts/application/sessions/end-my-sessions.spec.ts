import { expect, it } from 'vitest';
import { anOpenSession, RecordedSessions } from '#platform/testing/doubles/recorded-sessions.js';
import { aPrincipal } from '#platform/testing/principal.factory.js';
import { SessionNotFound } from '../../domain/user.errors.js';
import { EndMySessions } from './end-my-sessions.js';

function setup() {
  const [sessions, principal, other] = [new RecordedSessions(), aPrincipal(), anOpenSession()];
  sessions.open = [other];
  return { sessions, principal, other, endMySessions: new EndMySessions(sessions) };
}

it('ends the session that is named', async () => {
  const { sessions, principal, other, endMySessions } = setup();

  await endMySessions.execute(principal, other.id);

  expect(sessions.ended).toEqual([[principal.id, other.id]]);
});

it('ends all but the one that asks when none is named', async () => {
  const { sessions, principal, endMySessions } = setup();

  await endMySessions.execute(principal);

  expect(sessions.ended).toEqual([[principal.id, principal.sessionId]]);
});

it('finds no session that is unknown or of somebody else', async () => {
  const { sessions, principal, endMySessions } = setup();

  await expect(endMySessions.execute(principal, anOpenSession().id)).rejects.toThrow(SessionNotFound);
  expect(sessions.ended).toEqual([]);
});
