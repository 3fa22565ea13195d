import { type Html, html } from '#platform/http/answers/html.js';
import type { ScheduledJob } from '#platform/kernel/jobs/schedules.js';
import { button, time } from './pieces.js';

export function schedulesView(schedules: readonly ScheduledJob[], mayWrite: boolean): Html {
  return html`<p>Jobs that run by themselves.</p>
<table>
<thead><tr><th>Job<th>Runs<th>Missed<th>State<th>Last<th>Next<th></tr></thead>
<tbody>
${schedules.map((schedule) => row(schedule, mayWrite))}
</tbody>
</table>
${schedules.length === 0 ? html`<p>No worker has declared any.</p>` : []}`;
}

function row(schedule: ScheduledJob, mayWrite: boolean): Html {
  const { name, expression, timeZone, missed, isPaused, nextAt, lastAt } = schedule;
  return html`<tr><td>${name}<td><code>${expression}</code> ${timeZone ?? ''}<td>${missed}<td>${isPaused ? 'paused' : 'on'}<td>${lastAt === null ? 'never' : time(lastAt)}<td>${time(nextAt)}<td>${mayWrite ? actions(schedule) : []}</tr>
`;
}

function actions({ name, isPaused }: ScheduledJob): Html[] {
  const path = `schedules/${encodeURIComponent(name)}`;
  const pause = { method: 'PUT', path, body: { paused: !isPaused } } as const;
  return [
    button('Run now', { method: 'POST', path: `${path}/run`, done: 'The job was enqueued.' }),
    isPaused
      ? button('Resume', { ...pause, done: 'The schedule goes on with its next time.' })
      : button('Pause', { ...pause, done: 'The schedule is paused.' }),
  ];
}
