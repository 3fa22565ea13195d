import { readFileSync } from 'node:fs';

/*
 * How an environment is read, by the service and by every command: NAME_FILE stands for NAME, as container platforms mount secrets;
 * spaces around a value are none of it; an empty variable is one that is not set.
 *
 * Commands run it from source, so it imports nothing of ours.
 */

export type Source = Readonly<Record<string, string | undefined>>;

/** `problems` name variables and hold no value: values may be secrets. */
export function readVariables(
  source: Source,
  names: readonly string[],
): { values: Record<string, string>; problems: string[] } {
  const values: Record<string, string> = {};
  const problems: string[] = [];

  for (const name of names) {
    const value = source[name]?.trim();
    const file = source[`${name}_FILE`]?.trim();
    if (value && file) problems.push(`${name}: is set twice, also as ${name}_FILE`);
    if (value) values[name] = value;
    else if (file) {
      const content = contentOf(file);
      if (content) values[name] = content;
      else problems.push(`${name}_FILE: ${content === undefined ? 'cannot be read' : 'is empty'}`);
    }
  }
  return { values, problems };
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
