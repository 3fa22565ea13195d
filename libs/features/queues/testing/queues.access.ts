import { randomUUID } from 'node:crypto';
import { administrators, type Expectation, type World } from '#platform/testing/system/access-expectations.js';
import { inDatabase } from '#platform/testing/system/administration.js';

const aDeadLetter = async ({ system }: World) => {
  const id = randomUUID();
  const insert = `INSERT INTO dead_letters (id, name, payload, attempts, error, created_at) VALUES ($1, 'tests.unknown', '{}', 1, 'failed', now())`;
  await inDatabase(system, insert, [id]);
  return { params: { id } };
};

export const expectations: Readonly<Record<string, Expectation>> = {
  'Queues.list': { statuses: administrators(200) },
  'DeadLetters.list': { statuses: administrators(200) },
  'DeadLetters.replay': { statuses: administrators(202), call: aDeadLetter },
  'DeadLetters.discard': { statuses: administrators(204), call: aDeadLetter },
};
