import { describe, expect, it } from 'vitest';
import { servesDocs, servesQueueDashboard, servesSignInPage } from './served-pages.js';

describe('pages for people', () => {
  it.each([
    [{ NODE_ENV: 'development' }, [true, true, true]],
    [{ NODE_ENV: 'production' }, [false, false, false]],
    [{ NODE_ENV: 'production', DOCS: true }, [true, false, true]],
    [{ NODE_ENV: 'production', QUEUE_DASHBOARD: true }, [false, true, true]],
    [{ NODE_ENV: 'development', DOCS: false }, [false, true, true]],
    [{ NODE_ENV: 'development', DOCS: false, QUEUE_DASHBOARD: false }, [false, false, false]],
  ] as const)('with %j: reference, dashboard and sign-in are %j', (settings, served) => {
    const env = { DOCS: undefined, QUEUE_DASHBOARD: undefined, ...settings };

    expect([servesDocs(env), servesQueueDashboard(env), servesSignInPage(env)]).toEqual(served);
  });
});
