import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { PROGRAM } from './engine-program.ts';
import { enginesFolder } from './native-engine.ts';
import { settleSchemaEngine } from './settle.ts';
import { fixtureProject, run } from './testing/fixture-project.ts';

const NOBODY_LISTENS = 'http://127.0.0.1:1';
const NOT_OURS = /^(no-)?schema-engine-|^download-lock$/;

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** Prisma's packages as npm lays them out, and no engine among them. What Prisma keeps in the user's home is kept here. */
async function setup(mirror = NOBODY_LISTENS) {
  const directory = mkdtempSync(join(tmpdir(), 'native-'));
  ends.push(() => rmSync(directory, { recursive: true }));
  const folder = join(directory, 'node_modules/@prisma/engines');
  const scope = dirname(enginesFolder());
  const link = (from: string, to: string, own: string): void => {
    mkdirSync(to, { recursive: true });
    for (const name of readdirSync(from).filter((each) => each !== own)) symlinkSync(join(from, name), join(to, name));
  };
  link(dirname(scope), join(directory, 'node_modules'), '@prisma');
  link(scope, dirname(folder), 'engines');
  cpSync(enginesFolder(), folder, { recursive: true, filter: (path) => !NOT_OURS.test(path.split('/').at(-1) ?? '') });
  const load = createRequire(join(folder, 'package.json'));
  const { enginesVersion } = load('@prisma/engines-version') as { enginesVersion: string };
  const { getBinaryTargetForCurrentPlatform } = load('@prisma/get-platform') as {
    getBinaryTargetForCurrentPlatform(): Promise<string>;
  };
  const target = join(folder, `schema-engine-${await getBinaryTargetForCurrentPlatform()}`);
  const traces = join(directory, 'traces');
  /** Answers as a native engine does, and leaves a trace of each conversation. */
  const engine = (version = enginesVersion) =>
    `#!/bin/sh\n[ "$*" = --version ] && echo 'schema-engine-cli ${version}' && exit\necho "$*" >> '${traces}'\nexec '${PROGRAM}' "$@"\n`;
  const env: NodeJS.ProcessEnv = { PATH: process.env.PATH, HOME: directory, PRISMA_ENGINES_MIRROR: mirror };
  return { directory, folder, target, traces, engine, env, settle: () => settleSchemaEngine(env, folder) };
}

/** What Prisma would download from, and how often it was asked. */
async function mirrorWith(answer: RequestListener) {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked };
}

const place = (file: string, content: string): void => {
  writeFileSync(file, content);
  chmodSync(file, 0o755);
};

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

describe("where Prisma's own engine is", () => {
  it('it is used, and nobody is asked for another', async () => {
    const mirror = await mirrorWith((_, response) => void response.writeHead(404).end());
    const { target, engine, env, settle } = await setup(mirror.url);
    place(target, engine());

    expect(await settle()).toBe('native');
    expect([env.PRISMA_SCHEMA_ENGINE_BINARY, mirror.asked()]).toEqual([undefined, 0]);
  });

  it("it is what Prisma's command line starts", async () => {
    const { directory, folder, target, traces, engine, env } = await setup();
    place(target, engine());
    const project = fixtureProject(process.env.DATABASE_URL ?? '');
    ends.push(project.remove);
    rmSync(join(project.directory, 'node_modules'));
    symlinkSync(join(directory, 'node_modules'), join(project.directory, 'node_modules'));
    project.write(
      'prisma.config.ts',
      `import { settleSchemaEngine } from '${join(import.meta.dirname, 'settle.ts')}';
await settleSchemaEngine(process.env, '${folder}');
export default { schema: 'models.prisma', migrations: { path: 'migrations' }, datasource: { url: process.env.DATABASE_URL } };
`,
    );

    const { code, output } = await run(
      ['--preserve-symlinks', '--preserve-symlinks-main', 'node_modules/prisma/build/index.js', 'migrate', 'deploy'],
      project.directory,
      { ...env, DATABASE_URL: project.url },
    );

    expect([code, output]).toEqual([0, expect.stringContaining('successfully applied')]);
    expect(existsSync(traces)).toBe(true);
  });

  it.each([
    ['of another version', (engine: (version: string) => string) => engine('0000')],
    ['for another machine', () => '\x7fELF of another machine'],
  ])('one %s is none', async (_what, content) => {
    const { target, engine, settle } = await setup();
    place(target, content(engine));

    expect(await settle()).toBe('wasm');
  });
});

describe("where Prisma's own engine can be fetched", () => {
  it('Prisma fetches it once', async () => {
    let content = Buffer.alloc(0);
    const mirror = await mirrorWith(({ url = '' }, response) => {
      const zipped = gzipSync(content);
      if (url.endsWith('.gz.sha256')) return void response.end(sha256(zipped));
      return void response.end(url.endsWith('.sha256') ? sha256(content) : zipped);
    });
    const { engine, env, target, settle } = await setup(mirror.url);
    content = Buffer.from(engine());

    expect(await settle()).toBe('native');
    const asked = mirror.asked();
    expect([existsSync(target), env.PRISMA_SCHEMA_ENGINE_BINARY]).toEqual([true, undefined]);

    expect(await settle()).toBe('native');
    expect(mirror.asked()).toBe(asked);
  });
});

describe("where Prisma's own engine cannot be had", () => {
  it.each<[string, RequestListener]>([
    ['answers, and has none', (_, response) => void response.writeHead(404).end()],
    ['never answers', () => undefined],
  ])('ours is used, and a server that %s is not asked again', async (_what, answer) => {
    const mirror = await mirrorWith(answer);
    const { env, settle } = await setup(mirror.url);

    expect(await settle()).toBe('wasm');
    expect(env.PRISMA_SCHEMA_ENGINE_BINARY).toBe(PROGRAM);
    const asked = mirror.asked();
    delete env.PRISMA_SCHEMA_ENGINE_BINARY;

    expect(await settle()).toBe('wasm');
    expect([asked > 0, mirror.asked()]).toEqual([true, asked]);
  });

  it('ours is used without a network', async () => {
    const { env, settle } = await setup();

    expect(await settle()).toBe('wasm');
    expect(env.PRISMA_SCHEMA_ENGINE_BINARY).toBe(PROGRAM);
  });
});

describe('an engine that the environment names', () => {
  it.each([
    ['another', process.execPath, 'native'],
    ['this one', PROGRAM, 'wasm'],
    ['none, which Prisma says', '/nowhere/schema-engine', 'native'],
  ])('is used: %s', async (_what, program, expected) => {
    const { env, settle } = await setup();
    env.PRISMA_SCHEMA_ENGINE_BINARY = program;

    expect(await settle()).toBe(expected);
    expect(env.PRISMA_SCHEMA_ENGINE_BINARY).toBe(program);
  });
});
