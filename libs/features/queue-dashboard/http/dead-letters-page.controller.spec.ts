import { describe, expect, it } from 'vitest';
import { aDeadLetter } from '#features/queues/testing/in-memory-dead-letters.js';
import { aHolderOf, aPrincipal } from '#platform/testing/principal.factory.js';
import { dashboardApp } from '../testing/dashboard-app.js';

const PAGE = '/admin/queues/dead-letters';

describe('the page of dead letters', () => {
  it('shows what was given up, as text, under a policy without exceptions', async () => {
    const letter = aDeadLetter({ name: 'tests.run', error: '<img src=x onerror=alert(1)>', payload: { id: '"><b>' } });
    const { get } = await dashboardApp(aPrincipal(), [letter]);

    const { statusCode, headers, body } = await get(PAGE);

    expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-store',
    ]);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(body).toContain(letter.id);
    expect(body).toContain('&#60;img src=x onerror=alert(1)&#62;');
    expect(body).toContain('{&#34;id&#34;:&#34;\\&#34;&#62;&#60;b&#62;&#34;}');
    expect(body).toContain('2030-01-01 12:00:00 UTC');
    expect(body).not.toMatch(/<img|<b>/);
  });

  it('gives people who may write buttons, and the token of their session that makes them work', async () => {
    const principal = aHolderOf('queues:read', 'queues:write');
    const letter = aDeadLetter();
    const { get, csrf } = await dashboardApp(principal, [letter]);

    const { body } = await get(PAGE);

    expect(body).toContain(`data-csrf-token="${csrf.tokenFor(String(principal.sessionId))}"`);
    expect(body).toContain(`data-method="POST" data-path="../../v1/admin/dead-letters/${letter.id}/replay"`);
    expect(body).toContain(`data-method="DELETE" data-path="../../v1/admin/dead-letters/${letter.id}"`);
  });

  it.each([
    ['a reader', aHolderOf('queues:read')],
    ['an API key', aPrincipal({ kind: 'api-key', sessionId: null })],
  ])('has no button for %s', async (_who, principal) => {
    const { get } = await dashboardApp(principal);

    expect((await get(PAGE)).body).not.toContain('data-path');
  });

  it('leads to no page that its reader may not see', async () => {
    const { get } = await dashboardApp(aHolderOf('queues:read'));

    expect((await get(PAGE)).body).not.toContain('schedules');
  });

  it('is a page among others when there is more, with the filter', async () => {
    const letters = Array.from({ length: 21 }, () => aDeadLetter({ name: 'tests.run' }));
    const { get } = await dashboardApp(aPrincipal(), [...letters, aDeadLetter({ name: 'tests.other' })]);
    const rows = (body: string) => body.match(/<tr><td>tests\.\w+/g)?.length ?? 0;

    const first = await get(`${PAGE}?job=tests.run`);
    const next = /href="dead-letters(\?[^"]*)"/.exec(first.body)?.[1]?.replaceAll('&#38;', '&');
    const second = await get(PAGE + next);

    expect([rows(first.body), rows(second.body)]).toEqual([20, 1]);
    expect(second.body).not.toContain('Next page');
    expect((await get(PAGE + next?.replace('tests.run', 'tests.other'))).statusCode).toBe(400);
  });

  it('takes the empty field of its form for all jobs, and says so when there are none', async () => {
    const { get } = await dashboardApp(aPrincipal(), []);

    const { statusCode, body } = await get(`${PAGE}?job=`);

    expect([statusCode, body.includes('There are none.')]).toEqual([200, true]);
  });

  it.each(['?job=a%20b', '?job=%3Cscript%3E', '?limit=1', '?cursor=AAAA', `?job=${'a'.repeat(201)}`])(
    'answers %s with a page that says what is wrong',
    async (query) => {
      const { get } = await dashboardApp();

      const { statusCode, headers, body } = await get(PAGE + query);

      expect([400, 422]).toContain(statusCode);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(body).not.toContain('<script>');
    },
  );

  it('answers 403 to a user without the permission', async () => {
    const { get } = await dashboardApp(aHolderOf('queues:write', 'schedules:read'));

    const [page, problem] = [await get(PAGE), await get(PAGE, 'application/json')];

    expect([page.statusCode, page.headers['content-type']]).toEqual([403, 'text/html; charset=utf-8']);
    expect(problem.json()).toMatchObject({ status: 403, code: 'PERMISSION_DENIED' });
  });
});
