import { describe, expect, it } from '@jest/globals';
import { Problem, readArguments, readSettings } from './settings.ts';

describe('the settings of npm start', () => {
  it('have defaults', () => {
    expect(readSettings({})).toMatchObject({ apiPort: 3000, workerPort: 3001 });
  });

  it.each(['0', '65536', 'http', '3000.5', '-1'])('refuse the port %j and name the variable', (API_PORT) => {
    expect(() => readSettings({ API_PORT })).toThrow(/^API_PORT must be a port/);
  });

  it('refuse what they do not know, by its name', () => {
    expect(() => readArguments(['--nope'])).toThrow(/--nope\. What it knows: npm start -- --help$/);
    expect([readArguments([]), readArguments(['--help'])]).toEqual([{ help: false }, { help: true }]);
  });

  it('refuse a server named in a file', () => {
    expect(() => readSettings({ DATABASE_URL_FILE: '/secret' })).toThrow(/^npm start does not read DATABASE_URL_FILE/);
  });

  it('refuse one port for two', () => {
    expect(() => readSettings({ API_PORT: '3001' })).toThrow(Problem);
  });
});
