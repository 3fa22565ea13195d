import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Everything this checkout keeps on this machine. LOCAL_DIR moves it, so that two copies can run side by side. */
export const localDirectory = (): string => resolve(ROOT, process.env.LOCAL_DIR || '.local');

/** Unpacked once, then used by npm start and by every test run. */
export const redisProgramDirectory = (): string => join(localDirectory(), 'redis-program');
