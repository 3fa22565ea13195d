import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import type { AppError, AppErrorClass } from '../../kernel/errors/app-error.js';
import { unfinishedBody } from '../body/incoming-body.js';
import {
  HeadersTooLarge,
  MalformedRequest,
  MethodNotAllowed,
  RequestTimedOut,
  statusOf,
} from '../errors/http.errors.js';
import { SECURITY_HEADERS } from '../headers/security-headers.js';
import { toProblem } from './problem.js';

const ERROR_OF_CODE: Readonly<Record<string, AppErrorClass>> = {
  HPE_HEADER_OVERFLOW: HeadersTooLarge,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: HeadersTooLarge,
  ERR_HTTP_REQUEST_TIMEOUT: RequestTimedOut,
};

/** The connection ended within a request. */
const HUNG_UP = 'HPE_INVALID_EOF_STATE';

/** Time to read the answer: closing at once, while the client still sends, resets the connection (RFC 9112, section 9.6). */
const LINGER_MS = 1_000;

/** Answers what Fastify never sees, or cannot answer any more: the same problems as everywhere, written by hand. */
export class BareProblems {
  constructor(
    private readonly publicUrl: string,
    private readonly logger: Logger,
  ) {}

  /** What Node's parser refuses, and what does not arrive in time. */
  readonly onClientError = (thrown: Error & { code?: string }, socket: Duplex): void => {
    // The connection is gone: nobody is there to answer.
    if (thrown.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();

    const Known = ERROR_OF_CODE[thrown.code ?? ''] ?? MalformedRequest;
    const body = unfinishedBody(socket);
    // A request that is known already has its own answer, under its own id and in one line of the log.
    if (!body) this.send(new Known(), socket);
    else if (thrown.code === HUNG_UP) socket.destroy();
    else body.refuse(new Known());
  };

  /** CONNECT asks for a tunnel to another server, and this is no proxy. */
  readonly onConnect = (_request: unknown, socket: Duplex): void => {
    socket.on('error', () => undefined);
    this.send(new MethodNotAllowed(), socket, { allow: '' });
  };

  private send(error: AppError, socket: Duplex, headers: Record<string, string> = {}): void {
    const requestId = randomUUID();
    const traceId = requestId.replaceAll('-', '');
    const problem = toProblem(error, this.publicUrl, { instance: '/', traceId, requestId });
    const { status, code } = problem;

    this.logger.info({ status, code, request_id: requestId, trace_id: traceId }, 'request');
    socket.end(response(error, JSON.stringify(problem), { ...headers, 'x-request-id': requestId }));
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  }
}

function response({ definition }: AppError, body: string, headers: Record<string, string>): string {
  const all = {
    ...SECURITY_HEADERS,
    ...headers,
    date: new Date().toUTCString(),
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${statusOf(definition)} ${definition.title}`, ...lines, '', body].join('\r\n');
}
