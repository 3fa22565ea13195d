import { type Html, html } from '#platform/http/answers/html.js';
import type { DeadLetter } from '#platform/kernel/jobs/dead-letters.js';
import { button, time } from './pieces.js';

type View = Readonly<{
  letters: readonly DeadLetter[];
  /** The filter: of which job; of all without one. */
  job: string;
  /** The query of the next page; null at the end. */
  next: string | null;
  mayWrite: boolean;
}>;

export function deadLettersView({ letters, job, next, mayWrite }: View): Html {
  return html`<p>Jobs that kept failing. Each stays here until somebody replays or discards it.</p>
<form><label>Job <input name="job" value="${job}" placeholder="all"></label> <button>Show</button></form>
<table>
<thead><tr><th>Job<th>Attempts<th>Error<th>Payload<th>Enqueued<th>Given up<th></tr></thead>
<tbody>
${letters.map((letter) => row(letter, mayWrite))}
</tbody>
</table>
${letters.length === 0 ? html`<p>There are none.</p>` : []}
${next === null ? [] : html`<p><a href="dead-letters?${next}">Next page</a></p>`}`;
}

const row = ({ id, name, attempts, error, payload, createdAt, failedAt }: DeadLetter, mayWrite: boolean): Html =>
  html`<tr><td>${name}<br><code>${id}</code><td>${attempts}<td>${error}<td><code>${JSON.stringify(payload)}</code><td>${time(createdAt)}<td>${time(failedAt)}<td>${mayWrite ? actions(id) : []}</tr>
`;

const actions = (id: string): Html[] => [
  button('Replay', { method: 'POST', path: `dead-letters/${id}/replay`, done: 'The job will run again.' }),
  button('Discard', {
    method: 'DELETE',
    path: `dead-letters/${id}`,
    done: 'The job was discarded.',
    ask: 'Discard this job for good?',
  }),
];
