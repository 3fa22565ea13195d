import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Range = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Global unicast (RFC 4291, section 2.4). Outside of it are IPv4-compatible addresses, and NAT64 that leads to any IPv4 address. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');
/** In a public range, and yet answered by the machine's own cloud: Azure's WireServer ("What is IP address 168.63.129.16?"). */
const METADATA = ipaddr.parseCIDR('168.63.129.16/32');

/**
 * Whether packets for it leave for the public internet: no machine, network or cloud of ours answers at it. What leads to an IPv4 address
 * within an IPv6 one (mapped, compatible, 6to4, Teredo, NAT64) is refused whole. `address` as the system writes it, in no other form.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0 || address.includes('%')) return false;

  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast' || isWithin(parsed, METADATA)) return false;
  return parsed.kind() === 'ipv4' || isWithin(parsed, GLOBAL_UNICAST);
}

/** Public addresses, and these addresses and ranges, as CIDR. @throws for what is neither */
export function publicAddressesAnd(ranges: readonly string[]): (address: string) => boolean {
  const others = ranges.map(rangeOf);
  return (address) =>
    isPublicAddress(address) || (isIP(address) !== 0 && others.some((range) => isWithin(ipaddr.parse(address), range)));
}

const rangeOf = (text: string): Range =>
  ipaddr.parseCIDR(text.includes('/') ? text : `${text}/${isIP(text) === 4 ? 32 : 128}`);

const isWithin = (address: ipaddr.IPv4 | ipaddr.IPv6, [network, bits]: Range): boolean =>
  address.kind() === network.kind() && address.match(network, bits);
