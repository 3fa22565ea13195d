import { describe, expect, it } from 'vitest';
import { InMemoryStorage } from '#platform/testing/doubles/in-memory-storage.js';
import type { OrderLines } from '../application/exports/order-lines.js';
import type { OrdersExportCheckpoint } from '../application/exports/orders-export.js';
import { OrdersExportHandler } from './orders-export.handler.js';

const TITLES = 'id,status,currency,totalAmount,items,note,placedAt,fulfilledAt,cancelledAt\r\n';
/** Two of them are more than a part holds. */
const LONG = 'x'.repeat(1_500_000);

type Checkpoint = OrdersExportCheckpoint | null;

/** Orders whose ids are their numbers, one in each answer of Postgres. */
function setup(count: number, checkpoint: Checkpoint = null) {
  const storage = new InMemoryStorage();
  const lines: OrderLines = {
    count: async () => count,
    after: async (_userId, last) => {
      const next = Number(last ?? 0) + 1;
      return next > count ? null : { csv: `${next}${LONG}\r\n`, orders: 1, last: String(next) };
    },
  };
  const reports: [number, OrdersExportCheckpoint][] = [];
  const stopping = new AbortController();
  const run = (number = 1) =>
    new OrdersExportHandler(lines, storage).run(
      {},
      {
        id: '7',
        ownerId: 'a-buyer',
        run: number,
        checkpoint,
        signal: stopping.signal,
        keyOf: (name) => `operations/7/${name}`,
        report: async (percent, reached) => void reports.push([percent, reached]),
      },
    );
  const numbers = () =>
    String(storage.files.get('operations/7/orders.csv'))
      .split('\r\n')
      .slice(1, -1)
      .map((line) => Number.parseInt(line, 10));
  return { storage, reports, stopping, run, numbers };
}

describe('the export', () => {
  it('has a line for each order, oldest first, and says how far it is after each part', async () => {
    const { run, reports, numbers } = setup(4);

    const { file, orders } = await run();

    expect([orders, file.name, file.contentType]).toEqual([4, 'orders.csv', 'text/csv; charset=utf-8']);
    expect(numbers()).toEqual([1, 2, 3, 4]);
    expect(reports.map(([percent, { orders: done }]) => [percent, done])).toEqual([
      [50, 2],
      [100, 4],
    ]);
  });

  it('goes on where the last run had come to, with parts of its own', async () => {
    const first = setup(4);
    await first.run(1);
    const [, reached] = first.reports[0]!;
    const second = setup(4, reached);
    for (const part of reached.parts)
      await second.storage.writePart(
        'operations/7/orders.csv',
        part,
        `${TITLES}1\r\n2\r\n`.slice(part.startsWith('0') ? 0 : TITLES.length),
      );

    await second.run(2);

    const [, { parts }] = second.reports.at(-1)!;
    expect(parts.slice(0, reached.parts.length)).toEqual(reached.parts);
    expect(parts.at(-1)).toMatch(/-2$/);
    expect(second.reports.map(([, { orders }]) => orders)).toEqual([4]);
  });

  it('stops when it is told to', async () => {
    const { run, stopping } = setup(4);
    stopping.abort(new Error('cancelled'));

    await expect(run()).rejects.toThrow('cancelled');
  });

  it('is a line of titles when there are no orders', async () => {
    const { run, storage } = setup(0);

    expect(await run()).toMatchObject({ orders: 0, file: { size: TITLES.length } });
    expect(storage.files.get('operations/7/orders.csv')).toBe(TITLES);
  });
});
