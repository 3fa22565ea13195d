import type { ApiClient } from '#platform/testing/system/api-client.js';
import { sendParcel } from '../parcels.ts';

const AT_ONCE = 10;

/** @throws unless every one of them is accepted */
export async function sendMany(client: ApiClient, token: string, count: number): Promise<void> {
  let begun = 0;
  const sendInTurn = async (): Promise<void> => {
    while (begun++ < count) {
      const { status, body } = await sendParcel(client, { token });
      if (status !== 201) throw new Error(`A parcel was answered with ${status}: ${JSON.stringify(body)}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendInTurn));
}
