import type { ErrorDefinition } from '../../kernel/errors/app-error.js';
import { html } from '../answers/html.js';
import { statusOf } from '../errors/http.errors.js';
import { type Problem, slugOf } from './problem.js';

export const ERROR_PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
  :root { color-scheme: light dark }
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1rem }
  table { border-collapse: collapse; width: 100% }
  td { padding: .5rem .75rem .5rem 0; border-top: 1px solid #8884; vertical-align: top }
  code { font: .875em ui-monospace, monospace }
</style>
<h1>${title}</h1>
${body}
</html>
`;

/**
 * Nothing is escaped: definitions are constants of this code base, and nothing here comes from a caller. Every address is relative:
 * PUBLIC_URL may have a path.
 */
export function errorsPage(errors: readonly ErrorDefinition[]): string {
  const rows = errors.map(
    (error) =>
      `<tr><td>${statusOf(error)}</td><td><a href="errors/${slugOf(error)}"><code>${error.code}</code></a></td><td>${error.title}</td></tr>`,
  );
  return page('Errors', `<table>${rows.join('\n')}</table>`);
}

export function errorPage(error: ErrorDefinition): string {
  return page(
    error.title,
    `<p><code>${error.code}</code> · HTTP ${statusOf(error)}</p><p>${error.help}</p><p><a href="../errors">All errors</a></p>`,
  );
}

/** What went wrong with the page that somebody wanted to see. Unlike the others it is about a request, so everything in it is escaped. */
export function problemPage({ title, detail, status, code, type, requestId }: Problem, signIn: string): string {
  const body = html`<p>${detail}</p>
<p><a href="${type}"><code>${code}</code></a> · HTTP ${status} · ${requestId}</p>
<p><a href="${signIn}">Sign out, or sign in as somebody else</a></p>`;
  return page(title, body.text);
}
