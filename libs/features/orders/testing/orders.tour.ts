import { BEARER, JSON_BODY, type Tour } from '../../../../tools/local/summary.ts';

const ITEM = '{"sku":"book-1","quantity":2,"unitPrice":{"amount":1250,"currency":"EUR"}}';

export const tour: Tour = {
  title: 'Place an order, and read it until the worker has fulfilled it',
  curlLines: (api) => {
    const place = `curl -s ${api}/v1/orders ${BEARER} -H "idempotency-key: $(date +%s)" ${JSON_BODY} -d '{"items":[${ITEM}]}'`;
    return [
      `ORDER=$(${place} | grep -o '"id":"[^"]*"' | head -n 1 | cut -d'"' -f4)`,
      `until curl -s ${api}/v1/orders/$ORDER ${BEARER} | grep '"status":"fulfilled"'; do sleep 1; done`,
    ];
  },
};
