import { Injectable } from '@nestjs/common';
import type { OperationContext, OperationHandler } from '#platform/kernel/operations/operation-definition.js';
import { Storage, type StoredFile } from '#platform/kernel/storage.js';
import { OrderLines } from '../application/order-lines.js';
import { type OrdersExportCheckpoint, ordersExport } from '../application/orders-export.js';

const TITLES = 'id,status,currency,totalAmount,items,note,placedAt,fulfilledAt,cancelledAt\r\n';
/** A few megabytes: what is in memory at a time. */
const BATCH = 20_000;

type Result = Readonly<{ file: StoredFile; orders: number }>;

@Injectable()
export class OrdersExportHandler implements OperationHandler<object, OrdersExportCheckpoint, Result> {
  readonly operation = ordersExport;

  constructor(
    private readonly lines: OrderLines,
    private readonly storage: Storage,
  ) {}

  async run(_input: object, context: OperationContext<OrdersExportCheckpoint>): Promise<Result> {
    const { ownerId, signal, report } = context;
    const key = context.keyOf('orders.csv');
    const total = await this.lines.count(ownerId);
    const parts = [...(context.checkpoint?.parts ?? [await this.writePart(context, 0, TITLES)])];
    let { after = null, orders = 0 }: Partial<Pick<OrdersExportCheckpoint, 'orders'>> & { after?: string | null } =
      context.checkpoint ?? {};

    for (let next = await this.lines.after(ownerId, after, BATCH); next; ) {
      signal.throwIfAborted();
      parts.push(await this.writePart(context, parts.length, next.csv));
      after = next.last;
      orders += next.orders;
      await report((orders / total) * 100, { parts, after, orders });
      next = await this.lines.after(ownerId, after, BATCH);
    }
    const size = await this.storage.complete(key, parts);
    return { file: { key, name: 'orders.csv', contentType: 'text/csv; charset=utf-8', size }, orders };
  }

  /** Under a name of this run's own: a worker that has lost the operation may still be writing its last part. */
  private async writePart(
    { run, keyOf }: OperationContext<OrdersExportCheckpoint>,
    number: number,
    csv: string,
  ): Promise<string> {
    const part = `${number}-${run}`;
    await this.storage.writePart(keyOf('orders.csv'), part, csv);
    return part;
  }
}
