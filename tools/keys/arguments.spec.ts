import { describe, expect, it } from 'vitest';
import { envSchema } from '#platform/config/env.js';
import { HELP, LONGEST_ACCESS_TTL_SECONDS, readArguments, STEPS } from './arguments.ts';
import { Refusal } from './key-set.ts';

const read = (...argv: string[]) => readArguments(argv, {});

describe('the arguments', () => {
  it('only show when there are none', () => {
    expect(read()).toMatchObject({
      step: 'show',
      alg: null,
      file: null,
      deployedAt: null,
      accessTtlSeconds: LONGEST_ACCESS_TTL_SECONDS,
      isForced: false,
      print: false,
    });
  });

  it('name a step and its options', () => {
    const argv = [
      'retire',
      '--file=keys.json',
      '--deployed-at=2030-01-31T13:00+01:00',
      '--access-ttl=60',
      '--force',
      '--print',
    ];

    expect(read(...argv)).toMatchObject({
      step: 'retire',
      file: 'keys.json',
      deployedAt: new Date('2030-01-31T12:00Z'),
      accessTtlSeconds: 60,
      isForced: true,
    });
  });

  it('take the life of access tokens from where the processes take it', () => {
    expect(readArguments([], { AUTH_ACCESS_TTL: '900' }).accessTtlSeconds).toBe(900);
  });

  it('assume the longest life that the configuration allows, when nothing says how long tokens live', () => {
    const isAllowed = (seconds: number) => envSchema.shape.AUTH_ACCESS_TTL.safeParse(String(seconds)).success;

    expect([isAllowed(read().accessTtlSeconds), isAllowed(read().accessTtlSeconds + 1)]).toEqual([true, false]);
  });

  it.each([
    ['rotate'],
    ['publish', 'sign'],
    ['publish', '--alg=HS256'],
    ['sign', '--deployed-at=yesterday'],
    ['sign', '--deployed-at=2030-01-31T12:00'],
    ['sign', '--deployed-at=2030-13-31T12:00Z'],
    ['retire', '--access-ttl=soon'],
    ['retire', '--access-ttl='],
    ['retire', '--now'],
  ])('are refused when they make no sense: %s %s', (...argv) => {
    expect(() => read(...argv.filter((argument) => argument !== undefined))).toThrow(Refusal);
  });

  it('are explained, all of them', () => {
    for (const name of [...STEPS, '--file', '--alg', '--deployed-at', '--access-ttl', '--force', '--print'])
      expect(HELP).toContain(name);
  });
});
