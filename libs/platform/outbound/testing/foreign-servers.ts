import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { afterAll } from 'vitest';

type Asked = { method: string; path: string; body: string };
type Answer = (request: IncomingMessage, response: ServerResponse, time: number) => unknown;

/** Servers of somebody else, as good and as bad as a test wants them. They end with the spec file. */
export function foreignServers() {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await Promise.all(servers.map(closed));
  });

  const start = (server: Server): Promise<string> => {
    servers.push(server);
    server.on('connection', (socket: Socket) => {
      sockets.add(socket.on('error', () => undefined));
    });
    return listen(server);
  };
  return {
    /** `asked`: what has come so far. */
    aServer: async (answer: Answer) => {
      const { server, asked } = httpServer(answer);
      return { url: await start(server), asked, server };
    },
    /** One that speaks no HTTP, or not as it should. */
    aSocketServer: (greet: (socket: Socket) => unknown): Promise<string> =>
      start(
        createTcpServer((socket) => {
          greet(socket);
        }),
      ),
  };
}

/** Nobody listens there. */
export async function aClosedPort(): Promise<string> {
  const server = createTcpServer();
  const url = await listen(server);
  await closed(server);
  return url;
}

function httpServer(answer: Answer) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      asked.push({ method: String(request.method), path: String(request.url), body });
      answer(request, response, asked.length);
    });
  });
  return { server, asked };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const closed = (server: Server) => new Promise((resolve) => server.close(resolve));
