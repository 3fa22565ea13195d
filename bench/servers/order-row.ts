const COLUMNS =
  'id, user_id, status, version, currency, total_amount, items, note, placed_at, fulfilled_at, cancelled_at';

export const FIND_ORDER = { name: 'find-order', text: `SELECT ${COLUMNS} FROM orders WHERE id = $1` };
export const FIND_OWN_ORDER = {
  name: 'find-own-order',
  text: `SELECT ${COLUMNS} FROM orders WHERE id = $1 AND user_id = $2`,
};

export type OrderRow = Readonly<{
  id: string;
  status: string;
  version: number;
  currency: string;
  total_amount: string;
  items: readonly { sku: string; quantity: number; unitPrice: { amount: number; currency: string } }[];
  note: string | null;
  placed_at: Date;
  fulfilled_at: Date | null;
  cancelled_at: Date | null;
}>;

export function toOrder(row: OrderRow) {
  return {
    id: row.id,
    status: row.status,
    items: row.items,
    total: { amount: Number(row.total_amount), currency: row.currency },
    note: row.note,
    placedAt: row.placed_at,
    fulfilledAt: row.fulfilled_at,
    cancelledAt: row.cancelled_at,
  };
}
