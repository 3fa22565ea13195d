import { Injectable } from '@nestjs/common';
import { readQueues } from '#features/queues/index.js';
import { readSchedules } from '#features/schedules/index.js';
import { CsrfProtection } from '#platform/auth/requests/csrf-protection.js';
import { type Html, html } from '#platform/http/answers/html.js';
import type { Principal } from '#platform/kernel/access/principal.js';

/** Seen from a page one below /admin/queues: relative, as PUBLIC_URL may have a path. */
const TABS = [
  { title: 'Queue', href: '../queues', permission: readQueues },
  { title: 'Dead letters', href: 'dead-letters', permission: readQueues },
  { title: 'Schedules', href: 'schedules', permission: readSchedules },
] as const;

export type Title = (typeof TABS)[number]['title'];

/** What our pages have around their content. */
@Injectable()
export class Layout {
  constructor(private readonly csrf: CsrfProtection) {}

  /** With the CSRF token of the reader's session, for the buttons. */
  around(content: Html, title: Title, { sessionId, permissions }: Principal): string {
    const csrfToken = sessionId === null ? '' : this.csrf.tokenFor(sessionId);
    const tabs = TABS.filter(({ permission }) => permissions.has(permission.name)).map((tab) =>
      tab.title === title
        ? html`<a href="${tab.href}" aria-current="page">${tab.title}</a>`
        : html`<a href="${tab.href}">${tab.title}</a>`,
    );
    return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="dashboard.css">
<body data-csrf-token="${csrfToken}">
<nav>${tabs}<a href="../../sign-in">Sign out</a></nav>
<main>
<h1>${title}</h1>
<p id="result" role="status"></p>
${content}
</main>
<script type="module" src="actions.js"></script>
</html>
`.text;
  }
}
