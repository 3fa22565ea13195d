import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { patience } from '#platform/testing/waiting/patience.js';
import { type OutboundFailure } from './outbound-failure.js';
import { client, once, reasonOf } from './testing/calls.js';
import { aClosedPort, foreignServers } from './testing/foreign-servers.js';

const { aServer, aSocketServer } = foreignServers();
afterEach(() => {
  vi.restoreAllMocks();
});

describe('a destination', () => {
  it('that keeps failing is left alone, and asked again by one call after a while', async () => {
    const [warn, log] = [vi.spyOn(Logger.prototype, 'warn'), vi.spyOn(Logger.prototype, 'log')];
    for (const spy of [warn, log]) spy.mockImplementation(() => undefined);
    let isDown = true;
    const { url, asked } = await aServer((_request, response) => response.writeHead(isDown ? 500 : 200).end());
    const asking = once({ breakMs: patience(500) });

    for (let time = 0; time < 5; time++) expect((await asking.fetch(url)).status).toBe(500);
    expect(await reasonOf(asking.fetch(url))).toBe('circuit-open');
    expect(asked).toHaveLength(5);
    await delay(patience(500) + 50);
    expect((await asking.fetch(url)).status).toBe(500);
    expect(await reasonOf(asking.fetch(url))).toBe('circuit-open');
    isDown = false;
    await delay(patience(500) + 50);
    expect((await asking.fetch(url)).status).toBe(200);
    expect((await asking.fetch(url)).status).toBe(200);

    expect(warn.mock.calls).toEqual([[expect.stringContaining(`${url} fails too often`)]]);
    expect(log.mock.calls).toEqual([[`${url} answers again.`]]);
  });

  it('that cannot be reached is left alone, and no other one', async () => {
    vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const gone = await aClosedPort();
    const { url } = await aServer((_request, response) => response.end());
    const asking = once();

    const reasons: string[] = [];
    for (let time = 0; time < 6; time++) reasons.push(await reasonOf(asking.fetch(gone)));

    expect(reasons).toEqual([...Array.from({ length: 5 }, () => 'connect'), 'circuit-open']);
    expect((await asking.fetch(url)).status).toBe(200);
  });

  it('that keeps failing is asked all the same where others share it', async () => {
    const { url, asked } = await aServer((_request, response) => response.writeHead(500).end());
    const asking = once({ breakMs: null });

    for (let time = 0; time < 8; time++) expect((await asking.fetch(url)).status).toBe(500);

    expect(asked).toHaveLength(8);
  });

  it.each([400, 404, 429, 302])('that refuses is there, however often: %d', async (status) => {
    const { url, asked } = await aServer((_request, response) => response.writeHead(status).end());
    const asking = once();

    for (let time = 0; time < 20; time++) await asking.fetch(url);

    expect(asked).toHaveLength(20);
  });

  it('gets so many calls at a time, as many wait, and the rest is told at once', async () => {
    let running = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    const { url } = await aServer((_request, response) => {
      most = Math.max(most, ++running);
      waiting.push(() => {
        running--;
        response.end();
      });
    });
    const asking = once({ concurrency: 3 });

    const asked = Array.from({ length: 10 }, () =>
      asking.fetch(url).then(
        () => 'answered',
        (error: OutboundFailure) => error.reason,
      ),
    );
    const refused = await Promise.all(asked.slice(6));
    await eventually(async () => {
      for (const end of waiting.splice(0)) end();
      expect(await Promise.race([Promise.all(asked), delay(20)])).toBeDefined();
    });

    expect(refused).toEqual(['busy', 'busy', 'busy', 'busy']);
    expect(await Promise.all(asked.slice(0, 6))).toEqual(Array.from({ length: 6 }, () => 'answered'));
    expect(most).toBe(3);
  });

  it('that is slow lets calls to others through', async () => {
    const slow = await aSocketServer(() => undefined);
    const { url } = await aServer((_request, response) => response.end());
    const asking = once({ totalMs: patience(1_000) });

    const stuck = Array.from({ length: 60 }, () => reasonOf(asking.fetch(slow)));
    const answers = await Promise.all(Array.from({ length: 20 }, () => asking.fetch(url)));

    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(['timeout', 'busy', 'circuit-open']).toEqual(expect.arrayContaining(await Promise.all(stuck)));
  });

  it('is forgotten when many others were called since, and all that is remembered with it', async () => {
    vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const gone = await aClosedPort();
    const asking = once({ addressesFrom: 'users', alsoAllowed: ['127.0.0.1/32'] });
    for (let time = 0; time < 5; time++) await reasonOf(asking.fetch(gone));
    expect(await reasonOf(asking.fetch(gone))).toBe('circuit-open');

    for (let time = 0; time < 500; time++) await reasonOf(asking.fetch(`http://10.0.${time >> 8}.${time & 255}`));

    expect(await reasonOf(asking.fetch(gone))).toBe('connect');
  });

  it('keeps its connections for the next calls', async () => {
    let connections = 0;
    const { url, server } = await aServer((_request, response) => response.end());
    server.on('connection', () => connections++);
    const asking = client();

    for (let time = 0; time < 20; time++) await asking.fetch(url);

    // The first one may still be busy with the end of an answer.
    expect(connections).toBeLessThanOrEqual(2);
  });
});
