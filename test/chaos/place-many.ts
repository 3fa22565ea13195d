import type { ApiClient } from '../api-client.ts';
import { placeOrder } from '../orders.ts';

const AT_ONCE = 10;

/** @throws unless every one of them is accepted */
export async function placeMany(client: ApiClient, token: string, count: number): Promise<void> {
  let begun = 0;
  const placeInTurn = async (): Promise<void> => {
    while (begun++ < count) {
      const { status, body } = await placeOrder(client, { token });
      if (status !== 201) throw new Error(`An order was answered with ${status}: ${JSON.stringify(body)}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, placeInTurn));
}
