import { ROOT } from './places.mjs';

/** Signs in the name of a folder that others cannot cope with, and who. */
const UNUSABLE = [
  [/:/, 'the PATH, on which npm puts the programs of a project, separates folders by it'],
  [/["$`]/, 'initdb, which makes the database, hands its own path to a shell'],
  [/\*/, 'Node takes it for the variable part of the imports in package.json'],
  [/[\r\n]/, 'shell scripts read paths line by line'],
];

/** Before minutes of installing what then does not start. @throws that names the sign and why */
export function requireUsableFolder(folder = ROOT, platform = process.platform) {
  // There a drive is followed by one, and separators are others.
  if (platform === 'win32') return;
  for (const [signs, reason] of UNUSABLE) {
    const sign = signs.exec(folder)?.[0].replace(/[\r\n]/, 'line break');
    if (sign !== undefined)
      throw new Error(
        `This cannot run in ${folder}, because of the ${sign} in that name: ${reason}. Rename or move the folder.`,
      );
  }
}
