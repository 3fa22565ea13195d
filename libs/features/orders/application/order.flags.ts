import { defineFlag } from '#platform/kernel/flags.js';

export const exportsFlag = defineFlag('orders.exports', {
  description: 'Orders can be exported: off, when exports take what others need. Those under way go on.',
  owner: 'orders',
  removeBy: 'never',
  default: true,
});
