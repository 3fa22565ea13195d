import { Injectable } from '@nestjs/common';
import type { OperationContext, OperationHandler } from '#platform/kernel/operations/operation-definition.js';
import { Storage, type StoredFile } from '#platform/kernel/storage.js';
import { OrderLines } from '../application/exports/order-lines.js';
import { type OrdersExportCheckpoint, ordersExport } from '../application/exports/orders-export.js';

const TITLES = 'id,status,currency,totalAmount,items,note,placedAt,fulfilledAt,cancelledAt\r\n';
/** About half a megabyte of lines. */
const BATCH = 2_500;
/** What is in memory, and what a worker that is killed has done in vain. In characters. */
const PART_LENGTH = 2_000_000;
const NOTHING_DONE: OrdersExportCheckpoint = { parts: [], after: null, orders: 0 };

type Context = OperationContext<OrdersExportCheckpoint>;
type Result = Readonly<{ file: StoredFile; orders: number }>;

@Injectable()
export class OrdersExportHandler implements OperationHandler<object, OrdersExportCheckpoint, Result> {
  readonly operation = ordersExport;

  constructor(
    private readonly lines: OrderLines,
    private readonly storage: Storage,
  ) {}

  async run(_input: object, context: Context): Promise<Result> {
    const key = context.keyOf('orders.csv');
    const total = await this.lines.count(context.ownerId);
    let done = context.checkpoint ?? (await this.writePart(context, NOTHING_DONE, TITLES, NOTHING_DONE));
    for (;;) {
      const { text, ...reached } = await this.read(context, done);
      if (text === '') break;
      done = await this.writePart(context, done, text, reached);
      await context.report((done.orders / total) * 100, done);
    }
    const size = await this.storage.complete(key, done.parts);
    return { file: { key, name: 'orders.csv', contentType: 'text/csv; charset=utf-8', size }, orders: done.orders };
  }

  /** The lines of the next part, empty at the end. */
  private async read({ ownerId, signal }: Context, { after, orders }: OrdersExportCheckpoint) {
    let read = { text: '', after, orders };
    while (read.text.length < PART_LENGTH) {
      signal.throwIfAborted();
      const next = await this.lines.after(ownerId, read.after, BATCH);
      if (next === null) break;
      read = { text: read.text + next.csv, after: next.last, orders: read.orders + next.orders };
    }
    return read;
  }

  /** Under a name of this run's own: a worker that has lost the operation may still be writing its last part. */
  private async writePart(
    { run, keyOf }: Context,
    { parts }: OrdersExportCheckpoint,
    text: string,
    { after, orders }: Pick<OrdersExportCheckpoint, 'after' | 'orders'>,
  ): Promise<OrdersExportCheckpoint> {
    const part = `${parts.length}-${run}`;
    await this.storage.writePart(keyOf('orders.csv'), part, text);
    return { parts: [...parts, part], after, orders };
  }
}
