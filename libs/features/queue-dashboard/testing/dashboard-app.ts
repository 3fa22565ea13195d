import { aDeadLetter, InMemoryDeadLetters } from '#features/queues/testing/in-memory-dead-letters.js';
import { aSchedule, InMemorySchedules } from '#features/schedules/testing/in-memory-schedules.js';
import { CsrfProtection } from '#platform/auth/requests/csrf-protection.js';
import type { DeadLetter } from '#platform/kernel/jobs/dead-letters.js';
import { DeadLetters } from '#platform/kernel/jobs/dead-letters.js';
import { Schedules } from '#platform/kernel/jobs/schedules.js';
import { httpApp } from '#platform/testing/http-app.js';
import { aPrincipal } from '#platform/testing/principal.factory.js';
import { QueueBoard } from '../application/queue-board.js';
import { QueueDashboardApiModule } from '../queue-dashboard.module.js';

/** Says what it was asked. */
class EchoingBoard implements QueueBoard {
  page = async (base: string) => `<base href="${base}">`;
  asset = async (name: string) =>
    name === 'js/main.js' ? { type: 'text/javascript; charset=utf-8', content: Buffer.from('main()') } : null;
  read = async (path: string, query: Readonly<Record<string, string>>) =>
    path === '/api/nothing' ? null : { status: 200, body: { path, query } };
}

/** The pages behind the real pipeline, over two schedules of which one is paused. */
export async function dashboardApp(
  principal = aPrincipal(),
  letters: readonly DeadLetter[] = [aDeadLetter()],
  environment: Record<string, string> = {},
) {
  const schedules = [aSchedule(), aSchedule({ name: 'tests.hourly', isPaused: true, lastAt: new Date(0) })];
  const app = await httpApp(
    {
      imports: [QueueDashboardApiModule],
      providers: [
        CsrfProtection,
        { provide: QueueBoard, useClass: EchoingBoard },
        { provide: DeadLetters, useValue: new InMemoryDeadLetters(...letters) },
        { provide: Schedules, useValue: new InMemorySchedules(...schedules) },
      ],
    },
    principal,
    environment,
  );
  const get = (url: string, accept = 'text/html') => app.inject({ url, headers: { accept } });
  return { app, get, csrf: app.get(CsrfProtection) };
}
