import { Webhook } from 'standardwebhooks';

export type Delivery = Readonly<{
  id: string;
  type: string;
  body: string;
  isVerified: boolean;
  /** How often its id has come by now. */
  times: number;
  receivedAt: string;
}>;
type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The latest that came, newest first, each judged by the secret of the endpoint as any receiver would. In memory. */
export class Deliveries {
  /** Null until the api has given one out. */
  secret: string | null = null;
  private readonly limit: number;
  private deliveries: readonly Delivery[] = [];

  constructor(limit = 200) {
    this.limit = limit;
  }

  add(headers: Headers, body: string): Delivery {
    const id = String(headers['webhook-id'] ?? '');
    const times = this.deliveries.filter((delivery) => delivery.id === id).length + 1;
    const isVerified = this.isVerified(headers, body);
    const delivery = { id, type: typeOf(body), body, isVerified, times, receivedAt: new Date().toISOString() };
    this.deliveries = [delivery, ...this.deliveries].slice(0, this.limit);
    return delivery;
  }

  list(): readonly Delivery[] {
    return this.deliveries;
  }

  private isVerified(headers: Headers, body: string): boolean {
    try {
      if (this.secret !== null) new Webhook(this.secret).verify(body, headers as Record<string, string>);
      return this.secret !== null;
    } catch {
      return false;
    }
  }
}

function typeOf(body: string): string {
  try {
    return String((JSON.parse(body) as { type?: unknown }).type);
  } catch {
    return 'no JSON';
  }
}
