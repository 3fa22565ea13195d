import { z } from 'zod';
import { listeningAddress, proxyAddress } from '../values/addresses.js';
import { milliseconds, millisecondsOrNone, port, wholeNumber } from '../values/numbers.js';
import { baseAddress, origin } from '../values/urls.js';
import { flag, list, ownInProduction } from './marks.js';

/** The process, and how clients reach it. */
export const httpVariables = {
  NODE_ENV: z
    .enum(['development', 'test', 'production'])
    .default('development')
    .describe('Production refuses sample secrets and hides the interactive docs.'),
  DEPLOYMENT_ENVIRONMENT: z
    .string()
    .regex(/^[\w.-]+$/, 'is a name of letters, digits, "-", "_" and "."')
    .optional()
    .describe(
      'What this deployment is called, such as `staging`: flags may be on in some alone, and traces say where they come from. Default: NODE_ENV.',
    ),
  HOST: listeningAddress.default('127.0.0.1').describe('Address to listen on; 0.0.0.0 in a container.'),
  API_PORT: port.default(3000).describe('Port of the API.'),
  WORKER_PORT: port.default(3001).describe("Port of the worker's health probes."),
  PUBLIC_URL: baseAddress
    .default('http://localhost:3000')
    .meta(ownInProduction)
    .describe(
      'Where clients reach the API; the base of links, problem types and the token issuer. May have a path, which the proxy takes away or leaves.',
    ),
  WEB_URL: baseAddress
    .optional()
    .describe(
      'Where people reach the web client; links in mails lead to its /verify-email#token=… and /reset-password#token=…. ' +
        'Default: PUBLIC_URL, where plain pages do the same.',
    ),
  CORS_ORIGINS: list
    .pipe(z.array(origin))
    .default([])
    .describe(
      'Origins of browsers that may call the API, separated by commas: `https://app.example.com`, compared character by character.',
    ),
  TRUSTED_PROXIES: list
    .pipe(z.array(proxyAddress))
    .default([])
    .describe('Addresses or CIDR ranges whose X-Forwarded-For is believed, separated by commas.'),
  BODY_LIMIT: wholeNumber
    .min(1024)
    .default(1_048_576)
    .describe('Largest request body, in bytes; routes that need no credentials take 32,768 at most.'),
  BODY_LIMIT_TOTAL: wholeNumber
    .min(8192)
    .default(33_554_432)
    .describe(
      'What all request bodies under way may take of the memory of one process, in bytes; one caller may have a quarter of it.',
    ),
  REQUEST_TIMEOUT: milliseconds.default(30_000).describe('Longest time a request may take, in milliseconds.'),
  EVENT_LOOP_DELAY_LIMIT: millisecondsOrNone
    .default(1_000)
    .describe(
      'How late the event loop may be before requests are refused with 503, in milliseconds; 0 never refuses. Probes are answered all the same.',
    ),
  SHUTDOWN_DRAIN: millisecondsOrNone
    .default(5_000)
    .describe(
      'How long the listener stays open after readiness has turned 503, in milliseconds; shorter than SHUTDOWN_TIMEOUT.',
    ),
  SHUTDOWN_TIMEOUT: milliseconds
    .default(25_000)
    .describe('Whole time a process may take to stop after SIGTERM, in milliseconds.'),
  DEPRECATED_ROUTES_END: flag
    .default(false)
    .describe('Whether deprecated routes answer 410 from the day of their sunset on.'),
  DOCS: flag.optional().describe('Serve /docs and /openapi.json. Default: everywhere but in production.'),
  QUEUE_DASHBOARD: flag
    .optional()
    .describe(
      'Serve /admin/queues, for holders of `queues:read`, and /sign-in, which leads there. Default: everywhere but in production.',
    ),
};
