import { Logger } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { Test } from '@nestjs/testing';
import { describe, expect, it, vi } from 'vitest';
import { Shutdown } from '../kernel/shutdown.js';
import { HealthReports } from './health-reports.js';
import { Probe } from './probe.js';
import { Probes } from './probes.js';

async function setup(down: readonly string[]) {
  const isDown = new Set(down);
  const probe = (name: string) =>
    new Probe(async () => (isDown.has(name) ? { status: 'down' as const } : undefined), 1_000);
  const probes = Object.fromEntries(['database', 'redis', 'queue', 'migrations'].map((name) => [name, probe(name)]));
  const module = await Test.createTestingModule({
    imports: [TerminusModule.forRoot({ logger: false })],
    providers: [HealthReports, Shutdown, { provide: Probes, useValue: probes }],
  }).compile();
  const lines: string[] = [];
  const note = (line: unknown): void => void lines.push(String(line));
  const spies = [
    vi.spyOn(Logger.prototype, 'warn').mockImplementation(note),
    vi.spyOn(Logger.prototype, 'log').mockImplementation(note),
  ];
  return {
    reports: module.get(HealthReports),
    lines,
    mend: () => isDown.clear(),
    remove: () => spies.forEach((spy) => spy.mockRestore()),
  };
}

describe('the log', () => {
  it.each<[string, string[], RegExp]>([
    [
      'migrations that are behind',
      ['migrations'],
      /^Not ready, and trying on: Migrations are behind: run `npm run db:migrate`\.$/,
    ],
    [
      'a database that is away, and nothing of what follows',
      ['database', 'queue', 'migrations'],
      /^Not ready, and trying on: [^.]*DATABASE_URL leads to it\.$/,
    ],
    ['a Redis that is away', ['redis'], /^Not ready, and trying on: [^.]*REDIS_URL leads to it, by rediss:[^.]*\.$/],
    ['both', ['database', 'redis', 'queue', 'migrations'], /DATABASE_URL[^]*REDIS_URL/],
  ])('says once what to do about %s, and once that it is over', async (_what, down, advice) => {
    const { reports, lines, mend, remove } = await setup(down);

    await reports.ready();
    await reports.ready();
    mend();
    await reports.ready();
    remove();

    expect(lines).toEqual([expect.stringMatching(advice), 'Ready.']);
  });

  it('of a start says it before anything needs the database', async () => {
    const { reports, lines, remove } = await setup(['migrations']);

    await reports.logWhatIsMissing();
    await reports.ready();
    remove();

    expect(lines).toHaveLength(1);
  });
});
