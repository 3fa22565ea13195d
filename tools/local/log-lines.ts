import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import pc from 'picocolors';
import { prettyFactory } from 'pino-pretty';

const colorize = process.stdout.isTTY === true;
const colours = pc.createColors(colorize);
const PAINT = [colours.cyan, colours.magenta, colours.yellow, colours.blue];
const WIDTH = 'mailbox'.length;

/** Shows what a process prints, line by line under its name: JSON log lines made readable, anything else as it is. */
export function showLines(name: string, position: number, streams: readonly (Readable | null)[]): void {
  const paint = PAINT[position % PAINT.length] ?? String;
  const pretty = prettyFactory({ colorize, singleLine: true, translateTime: 'SYS:HH:MM:ss.l', ignore: 'pid,hostname,service,version' });

  for (const stream of streams) {
    if (!stream) continue;
    createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => {
      for (const part of pretty(line).trimEnd().split('\n')) process.stdout.write(`${paint(name.padEnd(WIDTH))} ${part}\n`);
    });
  }
}

/** Our own words between those of the processes. */
export function say(text: string): void {
  process.stdout.write(`${colours.green('start'.padEnd(WIDTH))} ${text}\n`);
}
