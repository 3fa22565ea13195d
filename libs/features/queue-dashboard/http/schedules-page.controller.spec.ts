import { describe, expect, it } from 'vitest';
import { aHolderOf } from '#platform/testing/principal.factory.js';
import { dashboardApp } from '../testing/dashboard-app.js';

const PAGE = '/admin/queues/schedules';

describe('the page of schedules', () => {
  it('shows when each ran, runs next, and whether it is paused', async () => {
    const { get } = await dashboardApp();

    const { statusCode, body } = await get(PAGE);

    expect(statusCode).toBe(200);
    expect(body).toMatch(/tests\.nightly<td><code>0 3 \* \* \*<\/code> Europe\/Berlin<td>run-once<td>on<td>never<td>/);
    expect(body).toMatch(/tests\.hourly.*<td>paused<td><time datetime="1970-01-01T00:00:00.000Z">/);
    expect(body).toContain('2026-11-29 02:00:00 UTC');
  });

  it('gives people who may write a button to run each, and one to pause it or let it go on', async () => {
    const { get } = await dashboardApp(aHolderOf('schedules:read', 'schedules:write'));

    const { body } = await get(PAGE);

    expect(body).toContain('data-method="POST" data-path="../../v1/admin/schedules/tests.nightly/run"');
    expect(body).toMatch(/data-method="PUT" data-path="[^"]*tests\.nightly" data-body="{&#34;paused&#34;:true}"/);
    expect(body).toMatch(/data-method="PUT" data-path="[^"]*tests\.hourly" data-body="{&#34;paused&#34;:false}"/);
  });

  it('has no button for a reader', async () => {
    const { get } = await dashboardApp(aHolderOf('schedules:read', 'queues:write'));

    expect((await get(PAGE)).body).not.toContain('data-path');
  });

  it('answers 403 to a user without the permission', async () => {
    const { get } = await dashboardApp(aHolderOf('queues:read', 'schedules:write'));

    expect((await get(PAGE)).statusCode).toBe(403);
  });
});
