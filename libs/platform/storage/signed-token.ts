import { createHmac, timingSafeEqual } from 'node:crypto';

/** A value that its holder can read and nobody can change. */
export class SignedTokens {
  constructor(private readonly key: Buffer) {}

  make(value: unknown): string {
    const text = JSON.stringify(value);
    return `${Buffer.from(text).toString('base64url')}.${this.macOf(text).toString('base64url')}`;
  }

  /** Undefined when it was altered. */
  open(token: string): unknown {
    const [encoded = '', mac = ''] = token.split('.');
    const text = Buffer.from(encoded, 'base64url').toString();
    const [given, right] = [Buffer.from(mac, 'base64url'), this.macOf(text)];
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
    return JSON.parse(text);
  }

  private macOf(text: string): Buffer {
    return createHmac('sha256', this.key).update(text).digest();
  }
}
