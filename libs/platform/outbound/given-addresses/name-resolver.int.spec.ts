import { createSocket, type Socket } from 'node:dgram';
import type { LookupAddress } from 'node:dns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patience } from '#platform/testing/waiting/patience.js';
import { nameResolver } from './name-resolver.js';

const [A, AAAA] = [1, 28];
const NOT_FOUND = 3;

/** What a name server knows; it keeps silent about everything else. */
const RECORDS: Record<string, Record<number, readonly number[]> | 'not found'> = {
  'both.test': { [A]: [1, 2, 3, 4], [AAAA]: [0x20, 1, ...Array.from({ length: 13 }, () => 0), 1] },
  'only-4.test': { [A]: [1, 2, 3, 4], [AAAA]: [] },
  'half.test': { [A]: [1, 2, 3, 4] },
  'nowhere.test': 'not found',
};

let server: Socket;
beforeAll(async () => {
  server = createSocket('udp4', (question, { port, address }) => {
    const answer = answerTo(question);
    if (answer) server.send(answer, port, address);
  });
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise<void>((resolve) => server.close(resolve)));

/** RFC 1035, section 4: the question comes back, with its answer behind it. */
function answerTo(question: Buffer): Buffer | null {
  const labels: string[] = [];
  let at = 12;
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  const type = question.readUInt16BE(at + 1);
  const known = RECORDS[labels.join('.').toLowerCase()];
  const data = known === 'not found' ? [] : known?.[type];
  if (!data) return null;

  const header = Buffer.from(question.subarray(0, 12));
  header.writeUInt16BE(known === 'not found' ? 0x8180 + NOT_FOUND : 0x8180, 2);
  header.writeUInt16BE(data.length > 0 ? 1 : 0, 6);
  header.writeUInt16BE(0, 10);
  const record = [0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length, ...data];
  return Buffer.concat([header, question.subarray(12, at + 5), Buffer.from(data.length > 0 ? record : [])]);
}

function resolve(name: string): Promise<LookupAddress[]> {
  const ask = nameResolver(patience(300), [`127.0.0.1:${server.address().port}`]);
  return new Promise((resolved, reject) => {
    ask(name, { all: true }, (error, addresses) => (error ? reject(error) : resolved(addresses)));
  });
}

describe('a name', () => {
  it('leads to the addresses of both families', async () => {
    expect(await resolve('both.test')).toEqual([
      { address: '1.2.3.4', family: 4 },
      { address: '2001::1', family: 6 },
    ]);
  });

  it.each(['only-4.test', 'half.test'])(
    'leads to those of one family when the other has none, or is not answered: %s',
    async (name) => {
      expect(await resolve(name)).toEqual([{ address: '1.2.3.4', family: 4 }]);
    },
  );

  it.each(['nowhere.test', 'silent.test'])('that leads nowhere is told in time: %s', async (name) => {
    const startedAt = performance.now();

    await expect(resolve(name)).rejects.toMatchObject({ reason: 'dns', destination: name });
    expect(performance.now() - startedAt).toBeLessThan(patience(2_000));
  });

  it('of this machine alone is not known', async () => {
    await expect(resolve('localhost')).rejects.toMatchObject({ reason: 'dns' });
  });
});
