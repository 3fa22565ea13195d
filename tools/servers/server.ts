import { readFileSync } from 'node:fs';

/** A server that was started for us and ends with us. */
export type Server = Readonly<{
  url: string;
  pid: number;
  /** Which of the possible ones it is, for people. */
  origin: string;
  exited: Promise<number>;
  stop(): Promise<void>;
}>;

export type ServerSettings = Readonly<{
  /** Where it keeps what it stores. */
  directory: string;
  logFile: string;
  /** False trades every guarantee after a crash for speed: right for tests only. */
  durable: boolean;
  /** Taken when it is free, so that the address stays the same from one start to the next. */
  preferredPort?: number;
}>;

export function doesNotStart(name: string, logFile: string): string {
  const ending = readFileSync(logFile, 'utf8').trim().split('\n').slice(-5);
  return `${name} does not start; ${logFile} ends with:\n${ending.join('\n')}`;
}
