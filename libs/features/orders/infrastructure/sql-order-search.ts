import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '#platform/database/database.js';
import { MAX_ID } from '#platform/kernel/values/ids.js';
import { type Page, type PageRequest, pageOf } from '#platform/kernel/values/page.js';
import type { OrderSearch } from '../application/search/order-search.js';
import type { Order } from '../domain/order.js';
import { ORDER_COLUMNS, type OrderRow, toOrder } from './order-row.js';

type Found = OrderRow & Readonly<{ rank: string }>;

/** As the index has it, word for word. Notes are in any language, so words are taken as they are written. */
const WORDS = `(setweight(to_tsvector('simple'::regconfig, jsonb_path_query_array(items, '$[*].sku')), 'A')
  || setweight(to_tsvector('simple'::regconfig, coalesce(note, '')), 'B'))`;

/** A rank depends on the order and the text alone, so pages stay what they are. As text it is exact: a shorter one would skip or repeat an order. */
const SEARCH: Statement = {
  name: 'orders.search',
  text: `SELECT ${ORDER_COLUMNS}, rank::text AS rank
    FROM (SELECT *, ts_rank_cd(${WORDS}, websearch_to_tsquery('simple', $2)) AS rank
          FROM orders WHERE user_id = $1 AND deleted_at IS NULL AND ${WORDS} @@ websearch_to_tsquery('simple', $2)) AS found
    WHERE (rank, id) < ($3::real, $4::uuid) ORDER BY rank DESC, id DESC LIMIT $5`,
};

/** Before the best one. */
const BEGINNING = `Infinity ${MAX_ID}`;

@Injectable()
export class SqlOrderSearch implements OrderSearch {
  constructor(private readonly database: Database) {}

  async search(userId: string, text: string, { limit, after }: PageRequest<string>): Promise<Page<Order>> {
    const position = (after ?? BEGINNING).split(' ');
    const rows = await this.database.stale(() =>
      this.database.query<Found>(SEARCH, [userId, text, ...position, limit + 1]),
    );
    const { items, next } = pageOf(rows, limit, ({ rank, id }) => `${rank} ${id}`);
    return { items: items.map(({ rank: _, ...row }) => toOrder(row)), next };
  }
}
