import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import pc from 'picocolors';
import { prettyFactory } from 'pino-pretty';

type Line = Readonly<Record<string, unknown>>;

const colorize = process.stdout.isTTY === true;
const colours = pc.createColors(colorize);
const PAINT = [colours.cyan, colours.magenta, colours.yellow, colours.blue];
const WIDTH = 'worker'.length;
const pretty = prettyFactory({
  colorize,
  singleLine: true,
  translateTime: 'SYS:HH:MM:ss.l',
  ignore: 'pid,hostname,service,version',
});

/** Shows what a process prints, line by line under its name: JSON log lines made readable, anything else as it is. */
export function showLines(name: string, position: number, streams: readonly (Readable | null)[]): void {
  const paint = PAINT[position % PAINT.length] ?? String;
  for (const stream of streams) {
    if (!stream) continue;
    createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => {
      for (const part of readable(line).split('\n')) process.stdout.write(`${paint(name.padEnd(WIDTH))} ${part}\n`);
    });
  }
}

/** Our own words between those of the processes. */
export function say(text: string): void {
  process.stdout.write(`${colours.green('start'.padEnd(WIDTH))} ${text}\n`);
}

export function readable(line: string): string {
  try {
    return pretty(inOneSentence(JSON.parse(line) as Line)).trimEnd();
  } catch {
    return line;
  }
}

/**
 * Requests and jobs are most of what there is to read: their fields become the message, but for what leads to the rest. Some have no path,
 * which may hold a secret; some were never parsed, or never answered.
 */
function inOneSentence(line: Line): Line {
  const {
    level,
    time,
    msg,
    method,
    path,
    route,
    status,
    code,
    duration_ms,
    request_id,
    job,
    job_id,
    attempt,
    outcome,
    err,
  } = line;
  const failure = err === undefined ? {} : { err };
  const took = duration_ms === undefined ? undefined : `in ${Math.round(Number(duration_ms))} ms`;
  const words = (...parts: unknown[]) => parts.filter((part) => part !== undefined).join(' ');
  if (msg === 'request')
    return { level, time, msg: words(method, path ?? route, status, code, took), request_id, ...failure };
  if (msg === 'job')
    return { level, time, msg: words(job, `${outcome}, attempt ${attempt},`, took), job_id, ...failure };
  return line;
}
