import { fileURLToPath } from 'node:url';
import { freePort } from '../tools/servers/ports.ts';
import { isReady, startTethered } from '../tools/servers/tethered-process.ts';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NEWLINE = 10;

export type ServerUnderTest = Readonly<{
  pid: number;
  port: number;
  /** How many lines it has logged so far. */
  lines(): number;
  stop(): Promise<void>;
}>;

type Start = Readonly<{
  file: string;
  /** Where it was built; `file` is relative to it. */
  folder?: string;
  environment: Readonly<Record<string, string>>;
  /** Command that puts it on its core. */
  prefix: readonly string[];
  /** Answers 200 once the server is ready. */
  request: Readonly<{ path: string; headers: Readonly<Record<string, string>> }>;
}>;

export async function startServer({
  file,
  folder = ROOT,
  environment,
  prefix,
  request,
}: Start): Promise<ServerUnderTest> {
  const port = await freePort();
  const [command = process.execPath, ...args] = [
    ...prefix,
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    file,
  ];
  const env = { PATH: process.env['PATH'], ...environment, API_PORT: String(port) };
  const server = startTethered({
    command,
    args,
    cwd: folder,
    env,
    output: 'pipe',
    stopSignal: 'SIGTERM',
    patienceMs: 5_000,
  });

  let lines = 0;
  let output = '';
  server.child.stdout?.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === NEWLINE) lines += 1;
  });
  server.child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));

  const url = `http://127.0.0.1:${port}${request.path}`;
  const isUp = await isReady(
    server,
    () =>
      fetch(url, { headers: request.headers }).then(
        ({ status }) => status === 200,
        () => false,
      ),
    15_000,
  );
  if (!isUp) throw new Error(`${file} does not answer ${request.path} with 200.\n${output}`);
  return { pid: server.pid, port, lines: () => lines, stop: server.stop };
}
