import { BlockList, isIPv6 } from 'node:net';

const mapped = new BlockList();
mapped.addSubnet('::ffff:0:0', 96, 'ipv6');

/** Who has one IPv6 address has the 2^64 beside it, so they count as one. An IPv4 address counts alone, however it is written. */
export function networkOf(ipAddress: string): string {
  if (!isIPv6(ipAddress)) return ipAddress;

  const hextets = hextetsOf(ipAddress);
  const isMapped = mapped.check(ipAddress.split('%', 1)[0] ?? '', 'ipv6');
  return isMapped ? ipv4Of(hextets) : `${hextets.slice(0, 4).join(':')}::/64`;
}

/** All eight, without leading zeros. */
function hextetsOf(ipAddress: string): string[] {
  const [plain = ''] = ipAddress.split('%', 1);
  const [head = '', tail] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split('::');
  const [first, last] = [head, tail ?? ''].map((part) => (part === '' ? [] : part.split(':'))) as [string[], string[]];
  return [...first, ...Array<string>(8 - first.length - last.length).fill('0'), ...last];
}

function ipv4Of(hextets: readonly string[]): string {
  const bytes = hextets.slice(6).flatMap((hextet) => [parseInt(hextet, 16) >> 8, parseInt(hextet, 16) & 255]);
  return bytes.join('.');
}
