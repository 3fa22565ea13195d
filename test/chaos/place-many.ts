import type { ApiClient } from '../api-client.ts';
import { placeOrder } from '../orders.ts';

const AT_ONCE = 10;

/** Places orders, several at a time, as long as `goOn` says so, and gives back the status of each answer. */
export async function placeMany(client: ApiClient, token: string, goOn: (placed: number) => boolean): Promise<number[]> {
  const statuses: number[] = [];
  let begun = 0;
  const placeInTurn = async (): Promise<void> => {
    while (goOn(begun)) {
      begun++;
      const { status } = await placeOrder(client, { token });
      statuses.push(status);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, placeInTurn));
  return statuses;
}
