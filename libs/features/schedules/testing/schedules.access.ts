import { administrators, type Expectation } from '#platform/testing/system/access-expectations.js';

const params = { name: 'platform.remove-expired' };

export const expectations: Readonly<Record<string, Expectation>> = {
  'Schedules.list': { statuses: administrators(200) },
  'Schedules.run': { statuses: administrators(202), call: () => ({ params }) },
  'Schedules.pause': { statuses: administrators(200), call: () => ({ params, body: { paused: false } }) },
};
