import { readFileSync } from 'node:fs';

/**
 * A file of the folder page/ beside a module, which the build copies beside the compiled one. Read it once, at start.
 * @param module its import.meta.url
 */
export const pageFile = (module: string, name: string): string => readFileSync(new URL(`page/${name}`, module), 'utf8');
