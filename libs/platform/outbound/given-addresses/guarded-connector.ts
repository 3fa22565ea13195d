import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { OutboundFailure } from '../outbound-failure.js';

export type Resolve = (
  hostname: string,
  options: Readonly<{ all: true }>,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

type Options = Readonly<{ connectMs: number; isAllowed: (address: string) => boolean; resolve: Resolve }>;

/**
 * Connects to addresses that are allowed, and checks those that it connects to: a name that is resolved once more, for a check of its own, may
 * lead elsewhere by then. One address among several that is not allowed is enough to refuse the name: nobody mixes them for a good reason.
 */
export function guardedConnector({ connectMs, isAllowed, resolve }: Options): buildConnector.connector {
  const refusal = (hostname: string) => new OutboundFailure('address-refused', hostname);

  const checkedLookup: LookupFunction = (hostname, options, callback) =>
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error) callback(error, '');
      else if (!first || !addresses.every(({ address }) => isAllowed(address))) callback(refusal(hostname), '');
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  const connect = buildConnector({ timeout: connectMs, allowH2: false, lookup: checkedLookup });

  return (options, callback) => {
    // Node looks up names only, and an address may come in brackets.
    const host = options.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !isAllowed(host)) callback(refusal(host), null);
    else connect(options, callback);
  };
}
