import { expect, it } from 'vitest';
import { SwitchedOff } from '#platform/kernel/flags.js';
import { DeclaredFlags } from '#platform/testing/doubles/declared-flags.js';
import { InMemoryOperations } from '#platform/testing/doubles/in-memory-operations.js';
import { aBuyer } from '../../testing/order.factory.js';
import { exportsFlag } from '../order.flags.js';
import { ExportOrders } from './export-orders.js';

function setup() {
  const flags = new DeclaredFlags();
  return { flags, buyer: aBuyer(), exportOrders: new ExportOrders(new InMemoryOperations(), flags) };
}

it('starts an operation of the buyer', async () => {
  const { exportOrders, buyer } = setup();

  expect(await exportOrders.execute(buyer)).toMatchObject({
    kind: 'orders.export',
    ownerId: buyer.id,
    status: 'pending',
  });
});

it('starts none while exports are switched off', async () => {
  const { exportOrders, buyer, flags } = setup();
  flags.said.set(exportsFlag.name, false);

  await expect(exportOrders.execute(buyer)).rejects.toThrow(SwitchedOff);
});
