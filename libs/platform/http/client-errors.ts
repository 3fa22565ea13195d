import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { AppError, AppErrorClass } from '../kernel/app-error.js';
import { HeadersTooLarge, MalformedRequest, RequestTimedOut, statusOf } from './http.errors.js';
import { toProblem } from './problem.js';

const ERROR_OF_CODE: Readonly<Record<string, AppErrorClass>> = {
  HPE_HEADER_OVERFLOW: HeadersTooLarge,
  ERR_HTTP_REQUEST_TIMEOUT: RequestTimedOut,
};

/** Answers what Node's parser refuses before there is a request: the same problems as everywhere, written by hand. */
export function answerClientError(publicUrl: string) {
  return (thrown: Error & { code?: string }, socket: Socket): void => {
    // The connection is gone: nobody is there to answer.
    if (thrown.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();

    const Known = ERROR_OF_CODE[thrown.code ?? ''] ?? MalformedRequest;
    socket.end(response(new Known(), publicUrl));
  };
}

function response(error: AppError, publicUrl: string): string {
  const requestId = randomUUID();
  const body = JSON.stringify(toProblem(error, publicUrl, { instance: '/', traceId: requestId.replaceAll('-', ''), requestId }));
  return [
    `HTTP/1.1 ${statusOf(error.definition)} ${error.definition.title}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
