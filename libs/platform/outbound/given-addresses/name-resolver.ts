import { Resolver } from 'node:dns/promises';
import { OutboundFailure } from '../outbound-failure.js';
import type { Resolve } from './guarded-connector.js';

/**
 * Asks the name servers itself, for both families. The system's lookup would keep one of the few threads that also hash passwords, for as long
 * as the owner of the name likes. Knows nothing of /etc/hosts and search domains, whose names are ours and not for users.
 */
export function nameResolver(timeoutMs: number, servers?: readonly string[]): Resolve {
  const resolver = new Resolver({ timeout: timeoutMs, maxTimeout: timeoutMs, tries: 1 });
  if (servers) resolver.setServers(servers);

  return (hostname, _options, callback) => {
    const asked = [
      resolver.resolve4(hostname).then((addresses) => addresses.map((address) => ({ address, family: 4 }))),
      resolver.resolve6(hostname).then((addresses) => addresses.map((address) => ({ address, family: 6 }))),
    ];
    void Promise.allSettled(asked).then((answers) => {
      const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
      const failure = answers.find((answer) => answer.status === 'rejected');
      if (addresses.length > 0) callback(null, addresses);
      else callback(new OutboundFailure('dns', hostname, failure?.reason), []);
    });
  };
}
