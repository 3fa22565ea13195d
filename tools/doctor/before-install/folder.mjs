import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { localFolder } from '../../bootstrap/running-system.mjs';
import { requireUsableFolder } from '../../bootstrap/usable-folder.mjs';
import { missing, ok } from '../finding.mjs';

export const folderFacts = (env) => ({ badName: complaintAboutName(), refusal: refusalToWrite(localFolder(env)) });

function complaintAboutName() {
  try {
    requireUsableFolder();
    return null;
  } catch (error) {
    return error.message;
  }
}

/** Tried, as permissions do not tell all of it: root may write everywhere and still cannot in /proc. */
function refusalToWrite(folder) {
  try {
    rmSync(mkdtempSync(join(nearestFolder(folder), '.doctor-')), { recursive: true });
    return null;
  } catch (error) {
    return error.code;
  }
}

/** The folder, or where it would be made. @param {string} folder @returns {string} */
export const nearestFolder = (folder) => (existsSync(folder) ? folder : nearestFolder(dirname(folder)));

/** @param {{ badName: string | null, refusal: string | null }} facts the last: the code of the error */
export function checkFolder({ badName, refusal }) {
  if (badName !== null) return missing('Folder', badName);
  if (refusal !== null)
    return missing(
      'Folder',
      `where npm start keeps its data nothing can be written (${refusal})`,
      'name another folder, LOCAL_DIR=… npm start',
    );
  return ok('Folder', 'its name can be used, and data can be written');
}
