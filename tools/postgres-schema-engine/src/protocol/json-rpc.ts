import { createInterface } from 'node:readline';
import { log } from './database-command.ts';

export type Methods = Readonly<{
  call(method: string, params: unknown, print: (text: string) => void): Promise<unknown>;
  /** More about the failure that `call` just threw, if there is more. */
  explainFailure(): string | undefined;
}>;

type Request = Readonly<{ id: number; method?: string; params?: unknown }>;

let panic: string | undefined;
Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => (panic = message) } });

/** JSON-RPC 2.0, one message a line, one request at a time, until standard input ends. */
export function serveJsonRpc(methods: Methods): void {
  let current: number | undefined;
  let queue = Promise.resolve();
  let nextId = 1_000_000;
  const print = (content: string): void => send({ id: (nextId += 1), method: 'print', params: { content } });

  const answer = async ({ id, method = '', params }: Request): Promise<void> => {
    current = id;
    try {
      send({ id, result: await methods.call(method, params, print) });
    } catch (error) {
      sendFailure(id, error, methods.explainFailure());
    }
    current = undefined;
  };
  // A trap in WebAssembly arrives here; without an answer Prisma would end with exit code 0 and no word.
  const die = (error: unknown): void => {
    if (current === undefined) log('ERROR', { message: String(error) });
    else sendFailure(current, error, methods.explainFailure());
    process.stdout.write('', () => process.exit(1));
  };
  process.on('uncaughtException', die).on('unhandledRejection', die);

  const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
  lines.on('line', (line) => {
    const request = JSON.parse(line) as Request;
    const isReplyToPrint = request.method === undefined;
    if (!isReplyToPrint) queue = queue.then(() => answer(request));
  });
  lines.on('close', () => void queue.finally(() => process.exit(0)));
}

function send(message: object): void {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

function sendFailure(id: number, error: unknown, explanation: string | undefined): void {
  const { message: text, code, meta = null } = (error ?? {}) as { message?: string; code?: string; meta?: unknown };
  const message = [panic ?? text ?? String(error), explanation].filter(Boolean).join('\n\n');
  const error_code = /^P\d{4}$/.test(String(code)) ? code : null;
  send({ id, error: { code: 4466, message, data: { is_panic: false, message, error_code, meta } } });
}
