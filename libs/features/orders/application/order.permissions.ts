import { definePermissions } from '#platform/kernel/permissions.js';

definePermissions({
  'orders:place': { description: 'Place orders.', everyone: true },
  'orders:read': { description: 'Read the orders one has placed.', everyone: true },
  'orders:cancel': { description: 'Cancel the orders one has placed.', everyone: true },
});
