import { z } from 'zod';
import { connectionUrl, postgresAddress, UnusableConnectionString } from './connection-strings.js';

/** ioredis and nodemailer take every option from a URL, also those that this service sets: timeouts, or that no file is read. */
const REDIS_PARAMETERS = ['family'];
const SMTP_PARAMETERS = ['requireTLS', 'ignoreTLS', 'authMethod', 'name', 'tls.servername', 'tls.rejectUnauthorized'];

export const postgresUrl = connectionString(postgresAddress);

export const redisUrl = connectionString((text) => {
  const url = connectionUrl(text, /^rediss?$/, 'redis://:password@host:6379');
  requireHost(url);
  requireParameters(url, REDIS_PARAMETERS);
  if (!/^\/?\d{0,5}$/.test(url.pathname))
    throw new UnusableConnectionString('ends in something other than the number of a database');
  if (!/^[046]?$/.test(url.searchParams.get('family') ?? ''))
    throw new UnusableConnectionString('has a family other than 0, 4 and 6');
});

export const smtpUrl = connectionString((text) => {
  const url = connectionUrl(text, /^smtps?$/, 'smtp://user:password@host:587');
  requireHost(url);
  requireParameters(url, SMTP_PARAMETERS);
  if (!/^\/?$/.test(url.pathname)) throw new UnusableConnectionString('has a path, which a mail server does not');
});

function requireHost({ hostname }: URL): void {
  if (hostname === '') throw new UnusableConnectionString('names no host');
}

function requireParameters({ searchParams }: URL, known: readonly string[]): void {
  const isKnown = [...searchParams.keys()].every((name) => known.includes(name));
  if (!isKnown) throw new UnusableConnectionString(`has a parameter other than ${known.join(', ')}`);
}

/** Stays the text that it is, for the driver to take apart. */
function connectionString(takeApart: (text: string) => unknown) {
  return z.string().superRefine((text, context) => {
    try {
      takeApart(text);
    } catch (error) {
      if (!(error instanceof UnusableConnectionString)) throw error;
      context.addIssue(error.message);
    }
  });
}
