import { Audit } from '#platform/kernel/audit.js';
import { DeadLetters } from '#platform/kernel/jobs/dead-letters.js';
import { RecordedAudit } from '#platform/testing/doubles/recorded-audit.js';
import { httpApp } from '#platform/testing/http-app.js';
import { aPrincipal } from '#platform/testing/principal.factory.js';
import { type Queue, Queues } from '../application/queues.js';
import { QueuesApiModule } from '../queues.module.js';
import { aDeadLetter, InMemoryDeadLetters } from './in-memory-dead-letters.js';

/** The feature behind the real pipeline: one queue, and two jobs that were given up. */
export async function queuesApp(principal = aPrincipal()) {
  const queue: Queue = { name: 'jobs', open: 3, waiting: null, oldestAgeSeconds: 1.5, deadLetters: 2 };
  const [first, second] = [aDeadLetter({ name: 'tests.first' }), aDeadLetter({ name: 'tests.second' })];
  const [deadLetters, audit] = [new InMemoryDeadLetters(first, second), new RecordedAudit()];
  const app = await httpApp(
    {
      imports: [QueuesApiModule],
      providers: [
        { provide: Queues, useValue: { all: async () => [queue] } satisfies Queues },
        { provide: DeadLetters, useValue: deadLetters },
        { provide: Audit, useValue: audit },
      ],
    },
    principal,
  );
  return { app, queue, first, second, deadLetters, audit };
}
