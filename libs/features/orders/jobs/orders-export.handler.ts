import { Injectable } from '@nestjs/common';
import type { OperationContext, OperationHandler } from '#platform/kernel/operations/operation-definition.js';
import { Storage, type StoredFile } from '#platform/kernel/storage.js';
import { OrderLines } from '../application/order-lines.js';
import { type OrdersExportCheckpoint, ordersExport } from '../application/orders-export.js';

const TITLES = 'id,status,currency,totalAmount,items,note,placedAt,fulfilledAt,cancelledAt\r\n';
/** About half a megabyte of lines. */
const BATCH = 2_500;
/** What is in memory, and what a worker that is killed has done in vain. In characters. */
const PART_LENGTH = 2_000_000;

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
    let done = context.checkpoint;
    for (;;) {
      const next = await this.writePart(key, context, done);
      if (next === null) break;
      done = next;
      await context.report((done.orders / total) * 100, done);
    }
    const parts = done?.parts ?? [await this.writeText(key, context, [], TITLES)];
    const size = await this.storage.complete(key, parts);
    return {
      file: { key, name: 'orders.csv', contentType: 'text/csv; charset=utf-8', size },
      orders: done?.orders ?? 0,
    };
  }

  /** What follows on `done`, as one more part of the file; null when nothing does. */
  private async writePart(
    key: string,
    context: Context,
    done: OrdersExportCheckpoint | null,
  ): Promise<OrdersExportCheckpoint | null> {
    let text = done === null ? TITLES : '';
    let { after, orders } = { after: done?.after ?? null, orders: done?.orders ?? 0 };
    while (text.length < PART_LENGTH) {
      context.signal.throwIfAborted();
      const next = await this.lines.after(context.ownerId, after, BATCH);
      if (next === null) break;
      text += next.csv;
      after = next.last;
      orders += next.orders;
    }
    if (after === null || after === done?.after) return null;
    const parts = done?.parts ?? [];
    return { parts: [...parts, await this.writeText(key, context, parts, text)], after, orders };
  }

  /** Under a name of this run's own: a worker that has lost the operation may still be writing its last part. */
  private async writeText(key: string, { run }: Context, before: readonly string[], text: string): Promise<string> {
    const part = `${before.length}-${run}`;
    await this.storage.writePart(key, part, text);
    return part;
  }
}
