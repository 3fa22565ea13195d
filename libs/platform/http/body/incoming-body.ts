import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppError } from '../../kernel/errors/app-error.js';
import { callerOf } from '../../request/caller.js';
import { BodiesExhausted, MalformedRequest, PayloadTooLarge } from '../errors/http.errors.js';
import type { BodyBudget } from './body-budget.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null when there is no body. */
    incomingBody: IncomingBody | null;
  }
}

type Done = (error: Error | null, body: Buffer) => void;
type Exchange = Readonly<{ request: FastifyRequest; reply: FastifyReply }>;

const NOTHING = Buffer.alloc(0);
/** What Node needs for a piece beside its bytes: somebody may send one byte at a time. */
const BYTES_OF_A_CHUNK = 256;

/** By connection. */
const latest = new WeakMap<Duplex, IncomingBody>();

/** The body that is on its way through a connection, when its request is known already. */
export function unfinishedBody(socket: Duplex): IncomingBody | undefined {
  const body = latest.get(socket);
  return body?.isComplete ? undefined : body;
}

/** Finds out which requests have a body. Must come before everything that takes time: the body may break within the first packet. */
export function expectBodies(fastify: FastifyInstance, budget: BodyBudget): void {
  fastify.decorateRequest('incomingBody', null);
  fastify.addHook('onRequest', (request, reply, done) => {
    if (hasBody(request)) {
      request.incomingBody = new IncomingBody({ request, reply }, budget);
      latest.set(request.raw.socket, request.incomingBody);
    } else if (request.headers['content-type'] !== undefined) {
      // Fastify judges the type before it looks for a body.
      delete request.headers['content-type'];
    }
    done();
  });
}

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

export class IncomingBody {
  /** What stopped it: told at once to the reader, or to one that begins to read later. */
  private refusal: AppError | null = null;
  private stopReading: ((error: AppError) => void) | null = null;

  constructor(
    private readonly exchange: Exchange,
    private readonly budget: BodyBudget,
  ) {}

  get isComplete(): boolean {
    return this.exchange.request.raw.complete;
  }

  /** The rest will not come, or comes too late. */
  refuse(error: AppError): void {
    const { request, reply } = this.exchange;
    this.refusal = error;
    if (reply.raw.writableEnded) request.raw.destroy();
    else this.stopReading?.(error);
  }

  /**
   * As long as the route takes it and there is room for it: its share of the budget is free again when the answer is out, because what
   * is parsed of it stays for as long. Ends with PayloadTooLarge, BodiesExhausted, MalformedRequest or why it was refused.
   */
  read(payload: IncomingMessage, done: Done): void {
    const { request, reply } = this.exchange;
    const { bodyLimit } = request.routeOptions;
    if (Number(request.headers['content-length'] ?? 0) > bodyLimit)
      return done(this.refusal ?? new PayloadTooLarge(), NOTHING);

    const share = this.budget.open(callerOf(request));
    reply.raw.once('close', share.release);
    let chunks: Buffer[] = [];
    let length = 0;
    const take = (chunk: Buffer): AppError | null => {
      length += chunk.length;
      if (length > bodyLimit) return new PayloadTooLarge();
      if (!share.take(chunk.length + BYTES_OF_A_CHUNK)) return new BodiesExhausted();
      chunks.push(chunk);
      return null;
    };
    this.follow(payload, take, (error) => {
      const body = error ? NOTHING : Buffer.concat(chunks);
      chunks = [];
      done(error, body);
    });
  }

  /** For one that the route does not take: refused at its first byte, and none at all when it has none. */
  refuseContent(payload: IncomingMessage, refusal: AppError, done: (error: Error | null) => void): void {
    this.follow(payload, () => refusal, done);
  }

  /** Until its end, what `take` has against a part of it, or `refuse`. */
  private follow(
    payload: IncomingMessage,
    take: (chunk: Buffer) => AppError | null,
    done: (error: Error | null) => void,
  ): void {
    const end = (error: Error | null) => {
      this.stopReading = null;
      payload.off('data', onData).off('end', onEnd).off('error', onError);
      done(error);
    };
    const onEnd = () => end(null);
    const onError = (cause: Error) => end(new MalformedRequest('The body is not complete.', { cause }));
    const onData = (chunk: Buffer) => {
      const refusal = take(chunk);
      if (refusal) end(refusal);
    };

    if (this.refusal) return end(this.refusal);
    this.stopReading = end;
    payload.on('data', onData).once('end', onEnd).once('error', onError);
  }
}
