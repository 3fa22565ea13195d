import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { platform } from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../tools/servers/ports.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** Processes are looked for in /proc: the check is for containers, which are Linux. Here other tests' programs run as well, so it gets one of its own. */
const NAMESPACE = ['--user', '--map-root-user', '--pid', '--fork', '--mount-proc', '--kill-child'];

const canUnshare = await new Promise<boolean>((resolve) => {
  if (platform !== 'linux') return resolve(false);
  spawn('unshare', [...NAMESPACE, 'true'], { stdio: 'ignore' })
    .once('error', () => resolve(false))
    .once('exit', (code) => resolve(code === 0));
});
if (!canUnshare) console.warn('No process namespaces here: the HEALTHCHECK of the image is not tried.');

(canUnshare ? describe : describe.skip)('the HEALTHCHECK of the image', () => {
  /** A neighbour's, on the network that both share. */
  const other = createServer((_request, response) => response.end());
  beforeAll(() => new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise((resolve) => other.close(resolve)));

  /** With a process of this name beside it, which serves or does not. */
  async function check(name: string, env: Record<string, string>) {
    const beside = `exec -a node "$0" -e 'setInterval(() => {}, 1000)' ${name} & until grep -qa -- ${name} /proc/$!/cmdline; do :; done; "$0" dist/test/bundle/healthcheck.js`;
    const child = spawn('unshare', [...NAMESPACE, 'bash', '-c', beside, process.execPath], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, ...env },
    });
    const [output, code] = await Promise.all([
      text(child.stdout),
      new Promise((resolve) => child.once('exit', resolve)),
    ]);
    return { code, output: output.trim() };
  }
  const answering = () => String((other.address() as AddressInfo).port);

  it('asks the program that runs here, and no other', async () => {
    const silent = String(await freePort());

    expect(await check('dist/bundle/api.js', { API_PORT: answering(), WORKER_PORT: silent })).toEqual({
      code: 0,
      output: '',
    });
    expect(await check('dist/bundle/worker.js', { API_PORT: answering(), WORKER_PORT: silent })).toMatchObject({
      code: 1,
      output: expect.stringContaining('The worker does not answer'),
    });
  });

  it('says so when none runs', async () => {
    expect(await check('something-else', { API_PORT: answering() })).toEqual({
      code: 1,
      output: 'Neither the api nor the worker runs here.',
    });
  });
});
