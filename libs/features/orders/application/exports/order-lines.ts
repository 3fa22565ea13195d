/** Orders as CSV (RFC 4180), oldest first. */
export abstract class OrderLines {
  abstract count(userId: string): Promise<number>;

  /** The next so many after an order, without the line of titles. Null when there are no more. */
  abstract after(
    userId: string,
    orderId: string | null,
    limit: number,
  ): Promise<Readonly<{ csv: string; orders: number; last: string }> | null>;
}
