import { administrators, type Expectation } from '#platform/testing/system/access-expectations.js';
import { anApiKey } from '#platform/testing/system/administration.js';

export const expectations: Readonly<Record<string, Expectation>> = {
  'ApiKeys.create': {
    recentSignIn: true,
    statuses: administrators(201),
    call: () => ({ body: { name: 'tests', permissions: ['users:read'] } }),
  },
  'ApiKeys.list': { statuses: administrators(200, 200) },
  'ApiKeys.revoke': {
    statuses: administrators(204),
    call: async ({ system, admin }) => ({ params: { id: (await anApiKey(system, admin.token, ['users:read'])).id } }),
  },
};
