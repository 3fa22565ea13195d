import { isIP } from 'node:net';
import { z } from 'zod';

/** The port is a variable of its own. A name would be looked up only when the process listens, and fail there. */
export const listeningAddress = z
  .string()
  .refine(
    (text) => text === 'localhost' || isAddress(text),
    'must be an IP address of this machine, 0.0.0.0 for all of them, or localhost',
  );

export const proxyAddress = z.string().refine((text) => {
  const [address = '', bits, ...more] = text.split('/');
  return more.length === 0 && isAddress(address) && (bits === undefined || isPrefix(bits, address));
}, 'must be an IP address, or a range such as 10.0.0.0/8');

/** An IPv6 address stands in brackets: `[::1]:26379`. */
export const hostAndPort = z.string().transform((text, context) => {
  const { hostname, port } = URL.parse(`tcp://${text}`) ?? { hostname: '', port: '' };
  if (`${hostname}:${port}` === text && hostname !== '' && port !== '')
    return { host: hostname.replaceAll(/^\[|\]$/g, ''), port: Number(port) };
  context.addIssue({ code: 'custom', message: 'must be a host and a port, such as 10.0.0.1:26379' });
  return z.NEVER;
});

const isAddress = (text: string): boolean => isIP(text) !== 0 && !text.includes('%');

/** Not /0, which is everybody: any client could then say which address it comes from. */
function isPrefix(bits: string, address: string): boolean {
  const isMapped = /^::ffff:/i.test(address);
  return /^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (isIP(address) === 4 || isMapped ? 32 : 128);
}
