import { BEARER, type Tour } from '../../../../tools/local/summary.ts';

export const tour: Tour = {
  isLocal: true,
  title: 'Send a test event to the page of webhooks, and see what became of it',
  curlLines: (api) => [
    `ENDPOINT=$(curl -s ${api}/v1/webhooks/endpoints ${BEARER} | grep -o '"id":"[^"]*"' | head -n 1 | cut -d'"' -f4)`,
    `curl -s -X POST ${api}/v1/webhooks/endpoints/$ENDPOINT/test ${BEARER} > /dev/null`,
    `until curl -s "${api}/v1/webhooks/deliveries?endpointId=$ENDPOINT" ${BEARER} | grep '"status":"delivered"'; do sleep 1; done`,
  ],
};
