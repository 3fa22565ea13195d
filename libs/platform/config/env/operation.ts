import { z } from 'zod';
import { proxyAddress } from '../values/addresses.js';
import { sender } from '../values/mail-address.js';
import { milliseconds, seconds, wholeNumber } from '../values/numbers.js';
import { rateLimits } from '../values/rate-limits.js';
import { smtpUrl } from '../values/server-urls.js';
import { collectorAddress } from '../values/urls.js';
import { list, ownInProduction, secret } from './marks.js';

/** Mail, limits, jobs, logs and telemetry. */
export const operationVariables = {
  SMTP_URL: smtpUrl
    .meta(secret('smtp://127.0.0.1:1025'))
    .describe('Mail server: `smtp://` (STARTTLS where it is offered; `?requireTLS=true` insists) or `smtps://`.'),
  SMTP_TIMEOUT: milliseconds
    .default(20_000)
    .describe('Longest time to hand over one mail, in milliseconds; silence ends it after half of that.'),
  SMTP_CONNECTIONS: wholeNumber
    .min(1)
    .max(100)
    .default(4)
    .describe('Connections to the mail server that one worker keeps, each of which hands over one mail at a time.'),
  SMTP_RATE: wholeNumber
    .min(1)
    .optional()
    .describe(
      'Mails that one worker hands over in a second, where the mail server allows no more; each connection may be one mail ahead. Those that wait for longer than SMTP_TIMEOUT are tried again as jobs. Default: no limit.',
    ),
  MAIL_FROM: sender
    .default('Backend Core Kit <no-reply@example.test>')
    .meta(ownInProduction)
    .describe('Sender of mails.'),

  RATE_LIMIT_REQUESTS: wholeNumber
    .min(1)
    .default(600)
    .describe(
      'Requests one principal, or one address without a principal, may make in a window, where a limit has no number of its own.',
    ),
  RATE_LIMIT_WINDOW: seconds.default(60).describe('The window, in seconds.'),
  RATE_LIMITS: list
    .pipe(rateLimits)
    .default([])
    .describe(
      'Other numbers for the limits of docs/rate-limits.md, by name, as requests/seconds: `login=1000/60,mail=50/3600`.',
    ),

  JOBS_CONCURRENCY: wholeNumber
    .min(1)
    .max(500)
    .optional()
    .describe(
      'Jobs one worker runs at a time, each on a connection of its own: fewer than DATABASE_POOL_SIZE. ' +
        'Default: 8, or what a smaller pool leaves room for.',
    ),

  OUTBOUND_ALLOWED_ADDRESSES: list
    .pipe(z.array(proxyAddress))
    .default([])
    .describe(
      'Addresses or CIDR ranges that users may name although they are not public, such as 127.0.0.1 for a receiver of webhooks on one’s own machine; ' +
        'separated by commas. Production refuses it.',
    ),

  OPERATIONS_CONCURRENCY: wholeNumber
    .max(100)
    .default(2)
    .describe('Long operations, such as exports, that one worker runs at a time beside its jobs; 0 for none.'),
  OPERATIONS_LEASE: milliseconds
    .min(1_000)
    .default(15_000)
    .describe('How long, in milliseconds, an operation rests whose worker was killed, before another one takes it up.'),

  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('Least severe level that is logged.'),
  LOG_BUFFER: wholeNumber
    .min(65_536)
    .default(4_194_304)
    .describe(
      'How many characters of log lines wait while nobody reads standard output. Beyond it lines are dropped, errors last, and counted: ' +
        'in a line when somebody reads again, and in the metric log.lines.dropped.',
    ),
  OTEL_EXPORTER_OTLP_ENDPOINT: collectorAddress
    .optional()
    .describe('Collector for traces and metrics over OTLP/HTTP. Without it telemetry is off and costs nothing.'),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .optional()
    .meta(secret())
    .describe('Headers for the collector, such as `Authorization=Basic …`.'),
  OTEL_SERVICE_NAME: z.string().default('backend-core-kit').describe('Service name in telemetry and logs.'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('Share of new traces that is recorded; an inbound decision is kept.'),
};
