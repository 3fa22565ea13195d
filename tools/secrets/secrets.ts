import { lintSource } from '@secretlint/core';
import { creator as rule } from '@secretlint/secretlint-rule-preset-recommend';

const PRESET = '@secretlint/secretlint-rule-preset-recommend';

/** Addresses with a password that are samples, because nothing outside of one machine answers there: `localhost`, `db`, `example.test`. */
const ADDRESS_OF_NOBODY = /^[a-z]+:\/\/[^@]*@(?:127\.0\.0\.1|\[::1\]|[\w-]+|[\w.-]+\.test)?(?:[:/?]|$)/;
const ADDRESSES = new Set(['PostgreSQLConnection', 'MySQLConnection', 'MongoDBConnection', 'BasicAuth']);

const config = { rules: [{ id: PRESET, rule }] };

/** One line for each credential in a file, without the credential. `secretlint-disable-line` in a comment behind it excepts one. */
export async function secretsIn(file: string, content: string): Promise<string[]> {
  const source = { filePath: file, content, contentType: 'text' as const };
  const { messages } = await lintSource({ source, options: { config } });
  return messages
    .filter(({ messageId, range }) => !(ADDRESSES.has(messageId) && ADDRESS_OF_NOBODY.test(content.slice(...range))))
    .map(
      ({ loc, messageId, ruleId }) => `${file}:${loc.start.line}: ${messageId} (${ruleId.replace(`${PRESET} > `, '')})`,
    );
}
