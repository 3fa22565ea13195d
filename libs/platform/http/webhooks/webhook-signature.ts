import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What is signed: `webhook-id`, `webhook-timestamp`, and the body to the byte (standardwebhooks.com). */
type SignedMessage = Readonly<{ id: string; timestamp: string; body: string | Buffer }>;

const PREFIX = 'whsec_';
const VERSION = 'v1,';
/** Between 24 and 64, by the specification. */
const SECRET_BYTES = 32;

export const newWebhookSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64');

/** With a signature by each secret, so that a receiver may change to the new one when it likes. */
export function webhookHeaders({ id, body }: Omit<SignedMessage, 'timestamp'>, at: Date, secrets: readonly string[]) {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signatures = secrets.map((secret) => VERSION + macOf({ id, timestamp, body }, secret).toString('base64'));
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

/** Whether one of the signatures is by one of the secrets. Those of other versions are skipped. */
export function isSigned(message: SignedMessage, signatures: string, secrets: readonly string[]): boolean {
  const given = signatures
    .split(' ')
    .filter((signature) => signature.startsWith(VERSION))
    .map((signature) => Buffer.from(signature.slice(VERSION.length), 'base64'));
  const expected = secrets.map((secret) => macOf(message, secret));
  return expected.some((mac) => given.some((each) => each.length === mac.length && timingSafeEqual(each, mac)));
}

const macOf = ({ id, timestamp, body }: SignedMessage, secret: string): Buffer =>
  createHmac('sha256', Buffer.from(secret.replace(PREFIX, ''), 'base64'))
    .update(`${id}.${timestamp}.`)
    .update(body)
    .digest();
