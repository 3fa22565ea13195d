import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { OutboundFailure } from '../outbound-failure.js';
import type { Resolve } from './guarded-connector.js';

/** Asks where a URL leads, without going there. @throws OutboundFailure with `address-refused` */
export const addressCheck =
  (resolve: Resolve, isAllowed: (address: string) => boolean) =>
  async ({ hostname, origin }: URL): Promise<void> => {
    const host = hostname.replace(/^\[|\]$/g, '');
    const addresses = isIP(host) === 0 ? await addressesOf(host, resolve) : [host];
    if (!addresses.every(isAllowed)) throw new OutboundFailure('address-refused', origin);
  };

/** None for a name that nobody knows. */
const addressesOf = (hostname: string, resolve: Resolve): Promise<string[]> =>
  new Promise((done) => {
    const answered = (error: Error | null, found: LookupAddress[]) =>
      done(error ? [] : found.map(({ address }) => address));
    resolve(hostname, { all: true }, answered);
  });
