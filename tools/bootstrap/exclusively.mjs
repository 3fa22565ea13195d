import { mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from './is-alive.mjs';
import { ROOT } from './places.mjs';

/** Not below LOCAL_DIR: two systems of one checkout share its node_modules and its dist. */
const FOLDER = join(ROOT, '.local');
/** A link whose target is the id of a process: made as a whole or not at all. */
const LOCK = join(FOLDER, 'bootstrap.lock');

/** One command at a time changes node_modules or dist: npm ci begins by deleting what another one may have just put there. @throws */
export async function exclusively(work) {
  let waitsFor = null;
  for (let holder = lock(); holder !== null; holder = lock()) {
    if (!isAlive(holder)) rmSync(LOCK, { force: true });
    else {
      if (waitsFor !== holder)
        console.error(`Process ${holder} installs or builds here already (${relative(ROOT, LOCK)}); waiting for it …`);
      waitsFor = holder;
      await delay(200);
    }
  }
  try {
    await work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

/** Who holds it, or null: then it is ours. */
function lock() {
  try {
    mkdirSync(FOLDER, { recursive: true });
    symlinkSync(String(process.pid), LOCK);
    return null;
  } catch (error) {
    if (error.code !== 'EEXIST')
      throw new Error(
        `${FOLDER} cannot be written (${error.code}), and something has to be installed or built here first.`,
      );
    return holderOf();
  }
}

/** 0, which nobody is, when it was released in this moment. */
function holderOf() {
  try {
    return Number(readlinkSync(LOCK));
  } catch (error) {
    if (error.code === 'ENOENT') return 0;
    throw error;
  }
}
