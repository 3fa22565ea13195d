import { describe, expect, it } from 'vitest';
import type { Target } from '../../domain/flag-settings.js';
import { type Asking, valueFor } from './value-for.js';

const ADA = '0190a1b2-0000-7000-8000-000000000001';
const asking: Asking = { userId: ADA, roles: ['user', 'support'], environment: 'staging' };
const isAbout = (when: Target, who: Asking = asking) =>
  valueFor('tests.switch', { rules: [{ when, value: true }], value: false }, who) === true;

describe('a rule is about', () => {
  it.each<[string, Target]>([
    ['everybody, when it names nothing', {}],
    ['the users it names', { userIds: ['somebody', ADA] }],
    ['who has one of the roles', { roles: ['pilot', 'support'] }],
    ['an environment', { environments: ['production', 'staging'] }],
    ['so many of a hundred', { percentage: 100 }],
    ['who is all of it', { userIds: [ADA], roles: ['user'], environments: ['staging'], percentage: 100 }],
  ])('%s', (_what, when) => {
    expect(isAbout(when)).toBe(true);
  });

  it.each<[string, Target]>([
    ['other users', { userIds: ['somebody'] }],
    ['other roles', { roles: ['pilot'] }],
    ['other environments', { environments: ['production'] }],
    ['none of a hundred', { percentage: 0 }],
    ['who is some of it', { userIds: [ADA], environments: ['production'] }],
  ])('nobody else: %s', (_what, when) => {
    expect(isAbout(when)).toBe(false);
  });

  it.each<[string, Target]>([
    ['users', { userIds: [ADA] }],
    ['roles', { roles: ['user'] }],
    ['a percentage', { percentage: 100 }],
  ])('nobody where nobody asks, when it names %s', (_what, when) => {
    expect(isAbout(when, { environment: 'staging' })).toBe(false);
  });
});

describe('what was said of a flag', () => {
  const rules = [
    { when: { roles: ['support'] }, value: 'first' },
    { when: { userIds: [ADA] }, value: 'second' },
  ];

  it('is what the first rule about somebody says', () => {
    expect(valueFor('f', { rules, value: 'rest' }, asking)).toBe('first');
    expect(valueFor('f', { rules, value: 'rest' }, { ...asking, roles: [] })).toBe('second');
  });

  it('is the rest for whom no rule is, and nothing where nothing is said', () => {
    const nobody = { environment: 'staging' };

    expect([valueFor('f', { rules, value: 'rest' }, nobody), valueFor('f', { rules }, nobody)]).toEqual([
      'rest',
      undefined,
    ]);
  });
});
