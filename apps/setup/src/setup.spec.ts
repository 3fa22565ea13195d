import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { loadEnv } from '#platform/config/load-env.js';
import { temporaryFolder } from '#platform/testing/temporary-folder.js';
import { productionEnv } from './production-env.js';
import { run } from './run.js';

const KNOWN = {
  PUBLIC_URL: 'https://api.example.com',
  DATABASE_URL: 'postgresql://app@db.example.com/app',
  REDIS_URL: 'redis://redis.example.com',
  SMTP_URL: 'smtp://mail.example.com',
  MAIL_FROM: 'Example <no-reply@example.com>',
};

/** As Docker reads such a file. */
function parse(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

/** Runs the command. @returns what it wrote, and where */
function setup(argv: readonly string[], isTTY = false) {
  const messages = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  let output = '';
  const code = run(argv, { isTTY, write: (text: unknown) => (output += String(text)) !== '' });
  const told = messages.mock.calls.join();
  messages.mockRestore();
  return { code, output, told };
}

describe('the environment of a new production system', () => {
  it('is complete but for what only the operator knows, and it is said what that is', () => {
    const { text, missing } = productionEnv();

    expect(Object.keys(KNOWN).sort()).toEqual([...missing].sort());
    expect(() => loadEnv(parse(text))).toThrow(/PUBLIC_URL: is required in production/);
    expect(loadEnv({ ...parse(text), ...KNOWN })).toMatchObject({ NODE_ENV: 'production', HOST: '0.0.0.0', ...KNOWN });
  });

  it('has secrets of its own', () => {
    const [one, other] = [parse(productionEnv().text), parse(productionEnv().text)];

    for (const name of ['APP_SECRET', 'AUTH_SIGNING_KEYS']) expect(one[name]).not.toBe(other[name]);
  });
});

describe('env:production', () => {
  it('writes to standard output, and says there nothing else', () => {
    const { code, output, told } = setup([]);

    expect(code).toBe(0);
    expect(Object.keys(parse(output))).toContain('APP_SECRET');
    expect(told).toMatch(/what only you know: .*PUBLIC_URL/);
    expect(told).not.toContain(parse(output)['APP_SECRET']);
  });

  it('writes a file that its owner alone reads, and never a second time', () => {
    const file = join(temporaryFolder('setup'), 'production.env');

    expect(setup([`--file=${file}`])).toMatchObject({ code: 0, output: '' });
    const written = readFileSync(file, 'utf8');
    const again = setup([`--file=${file}`]);

    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect([again.code, again.told]).toEqual([1, expect.stringContaining('is there already')]);
    expect(readFileSync(file, 'utf8')).toBe(written);
  });

  it('shows no secret on a terminal unless it is told to', () => {
    expect(setup([], true)).toMatchObject({
      code: 1,
      output: '',
      told: expect.stringContaining('--file=production.env'),
    });
    expect(setup(['--print'], true).output).toContain('APP_SECRET=');
  });

  it.each([['--help'], ['-h']])('helps: %s', (flag) => {
    expect(setup([flag]).output).toContain('--file=<path>');
  });

  it.each([['--nonsense'], ['production.env']])('refuses %s in one line', (argument) => {
    const { code, told } = setup([argument]);

    expect([code, told.trim().split('\n')]).toEqual([1, [expect.stringContaining('More with --help.')]]);
  });

  it('writes the secrets alone as files, and leaves those that are there', () => {
    const folder = temporaryFolder('secrets');
    const read = () => ['APP_SECRET', 'AUTH_SIGNING_KEYS'].map((name) => readFileSync(join(folder, name), 'utf8'));

    const first = setup([`--secrets=${folder}`]);
    const [secret, keys] = read();
    const second = setup([`--secrets=${folder}`]);

    expect([first.code, first.output, second.code, second.told]).toEqual([0, '', 0, '']);
    expect(first.told).not.toContain(secret);
    expect(statSync(join(folder, 'APP_SECRET')).mode & 0o777).toBe(0o600);
    expect(read()).toEqual([secret, keys]);
    const { missing: _, text } = productionEnv();
    expect(() => loadEnv({ ...parse(text), ...KNOWN, APP_SECRET: secret, AUTH_SIGNING_KEYS: keys })).not.toThrow();
    expect(setup(['--secrets=/nowhere'])).toMatchObject({
      code: 1,
      told: expect.stringContaining('cannot be written'),
    });
  });
});
