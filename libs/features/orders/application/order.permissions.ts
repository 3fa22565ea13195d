import { definePermission } from '#platform/kernel/access/permissions.js';

export const placeOrders = definePermission('orders:place', { description: 'Place orders.', everyone: true });
export const readOrders = definePermission('orders:read', {
  description: 'Read the orders one has placed.',
  everyone: true,
});
export const cancelOrders = definePermission('orders:cancel', {
  description: 'Cancel the orders one has placed.',
  everyone: true,
});
export const deleteOrders = definePermission('orders:delete', {
  description: 'Delete the orders one has placed, once they are fulfilled or cancelled.',
  everyone: true,
});
export const restoreOrders = definePermission('orders:restore', {
  description: 'See the deleted orders of all users, and restore them.',
});
