import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../libs/platform/testing/temporary-folder.ts';
import { Problem, readArguments, readSettings, takeFromFiles } from './settings.ts';

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

  it('may stand in files, as those of the services may', () => {
    const file = join(temporaryFolder('settings'), 'url');
    writeFileSync(file, ' postgresql://me@127.0.0.1/app \n');
    const env: NodeJS.ProcessEnv = { DATABASE_URL_FILE: file, REDIS_URL: 'redis://127.0.0.1' };

    takeFromFiles(env);

    expect(env).toEqual({ DATABASE_URL: 'postgresql://me@127.0.0.1/app', REDIS_URL: 'redis://127.0.0.1' });
  });

  it('name a file that cannot be read', () => {
    expect(() => takeFromFiles({ REDIS_URL_FILE: '/nowhere' })).toThrow(/REDIS_URL_FILE: cannot be read/);
  });

  it('refuse one port for two', () => {
    expect(() => readSettings({ API_PORT: '3001' })).toThrow(Problem);
  });
});
