import { BEARER, JSON_BODY, type Tour } from '../../../../tools/local/summary.ts';

/** One pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const SIZE = Buffer.from(PNG, 'base64').length;
/** What is said of it. */
const DECLARED = `{"kind":"image","fileName":"dot.png","contentType":"image/png","size":${SIZE}}`;
/** Each `"name":"value"` becomes a field of the form. */
const AS_FIELDS = `sed 's/.*"fields":{//; s/}.*//; s/"\\([^"]*\\)":"\\([^"]*\\)",*/-F \\1=\\2 /g'`;
const valueOf = (name: string): string => `grep -o '"${name}":"[^"]*"' | head -n 1 | cut -d'"' -f4`;

export const tour: Tour = {
  title: 'Send an image, and read it until the worker has looked at it',
  curlLines: (api) => [
    `FORM=$(curl -s ${api}/v1/uploads/presigned ${BEARER} ${JSON_BODY} -d '${DECLARED}'); UPLOAD=$(echo "$FORM" | ${valueOf('id')})`,
    `echo '${PNG}' | base64 -d | curl -s $(echo "$FORM" | ${AS_FIELDS}) -F 'file=@-;filename=dot.png' $(echo "$FORM" | ${valueOf('url')})`,
    `curl -s ${api}/v1/uploads/confirm ${BEARER} ${JSON_BODY} -d "{\\"id\\":\\"$UPLOAD\\"}"`,
    `until curl -s ${api}/v1/uploads/$UPLOAD ${BEARER} | grep '"status":"ready"'; do sleep 1; done`,
  ],
};
