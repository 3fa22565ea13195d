-- Prisma's models cannot say an index of an expression: sql-order-search.ts has the same one.
CREATE INDEX CONCURRENTLY "orders_search_idx" ON "orders" USING GIN ((
  setweight(to_tsvector('simple'::regconfig, jsonb_path_query_array(items, '$[*].sku')), 'A')
  || setweight(to_tsvector('simple'::regconfig, coalesce(note, '')), 'B')
)) WHERE deleted_at IS NULL;
