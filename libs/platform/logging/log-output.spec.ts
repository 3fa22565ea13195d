import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { patience } from '#platform/testing/waiting/patience.js';
import { LogOutput } from './log-output.js';

const LIMIT = 400;
const line = (text: string, level = 'info') => `{"level":"${level}","msg":"${text.padEnd(70, '.')}"}\n`;
const numbered = (count: number, level?: string) =>
  Array.from({ length: count }, (_, index) => line(`${level ?? 'info'} ${index}`, level));

/** A pipe and its reader, who may stop. Takes one write at a time, as a full pipe does. */
class Reader extends Writable {
  text = '';
  isReading = true;
  isGone = false;
  private continue: () => void = () => undefined;

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    if (this.isGone) return done(new Error('write EPIPE'));
    const take = () => {
      this.text += String(chunk);
      done();
    };
    if (this.isReading) take();
    else this.continue = take;
  }

  // As process.stdout, which outlives its errors.
  override _destroy(): void {}

  resume(): void {
    this.isReading = true;
    this.continue();
  }
}

function setup() {
  const reader = new Reader({ emitClose: false });
  const output = new LogOutput(reader, LIMIT);
  output.whenLost(({ lines, errors }) => output.write(line(`lost ${lines} ${errors}`, 'warn')));
  const write = (lines: string[]) => lines.forEach((one) => output.write(one));
  const messages = () => [...reader.text.matchAll(/"msg":"(.*?)\.+"/g)].map(([, message]) => message);
  return { reader, output, write, messages };
}

describe('log lines', () => {
  it('come out in order, and together', async () => {
    const { output, write, messages } = setup();

    write(numbered(3));
    expect(messages()).toEqual([]);
    await output.drain(1_000);

    expect(messages()).toEqual(['info 0', 'info 1', 'info 2']);
  });

  it('come out by themselves after a moment', async () => {
    const { write, messages } = setup();

    write(numbered(1));

    await eventually(() => expect(messages()).toEqual(['info 0']));
  });

  it('all come out when the process ends in the same moment', () => {
    const { output, write, messages } = setup();
    for (const text of ['error 0', 'error 1', 'error 2']) {
      write([line(text, 'error')]);
      output.flush();
    }

    output.flushAll();

    expect(messages()).toEqual(['error 0', 'error 1', 'error 2']);
  });

  it('are kept while nobody reads, up to the limit, and then counted; the reader is told', async () => {
    const { reader, output, write, messages } = setup();
    reader.isReading = false;
    write(numbered(1));
    output.flush();

    write(numbered(10, 'warn'));
    reader.resume();
    await output.drain(1_000);

    expect(messages()).toEqual(['info 0', 'warn 0', 'warn 1', 'warn 2', 'lost 7 0']);
    expect(output.lostLines).toBe(7);
  });

  it('are dropped last when they are errors', async () => {
    const { reader, output, write, messages } = setup();
    reader.isReading = false;
    write(numbered(1));
    output.flush();

    write([...numbered(10, 'warn'), ...numbered(1, 'error'), ...numbered(1, 'fatal'), ...numbered(1, 'warn')]);
    reader.resume();
    await output.drain(1_000);

    expect(messages()).toEqual(['info 0', 'warn 0', 'warn 1', 'warn 2', 'error 0', 'lost 9 1']);
  });

  it('are told of once', async () => {
    const { reader, output, write, messages } = setup();
    reader.isReading = false;
    write(numbered(1));
    output.flush();
    write(numbered(10, 'warn'));
    reader.resume();
    await output.drain(1_000);

    write(numbered(1, 'error'));
    await output.drain(1_000);

    expect(messages().filter((message) => message?.startsWith('lost'))).toHaveLength(1);
    expect(messages().at(-1)).toBe('error 0');
  });

  it('are waited for no longer than is asked, when nobody reads', async () => {
    const { reader, output, write } = setup();
    reader.isReading = false;
    write(numbered(2));

    const begin = performance.now();
    await output.drain(50);

    expect(performance.now() - begin).toBeLessThan(patience(1_000));
  });

  it('are counted when the reader is gone, which stops nothing', async () => {
    const { reader, output, write } = setup();
    reader.isGone = true;

    write(numbered(2));
    await output.drain(1_000);
    write(numbered(1));
    await output.drain(1_000);

    expect(output.lostLines).toBe(3);
  });
});
