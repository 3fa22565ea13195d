import { administrators, type Expectation } from '#platform/testing/system/access-expectations.js';

export const expectations: Readonly<Record<string, Expectation>> = {
  'Flags.list': { statuses: administrators(200) },
  // No flag of this name is declared; who may not switch any does not learn that.
  'Flags.set': { statuses: administrators(422), call: () => ({ params: { name: 'tests.unheard-of' }, body: {} }) },
};
