/** Of the glossary's last column. @throws when there is none: the table is not read any more */
export function givenUpWords(glossary: string): string[] {
  const cells = [...glossary.matchAll(/^\|.*\|([^|]*)\|$/gm)].map(([, last = '']) => last);
  const words = cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, word = '']) => word));
  if (words.length === 0) throw new Error('The glossary gives up no word: did its table change?');
  return words;
}

/** One line for each identifier in the code that is made of a word that was given up, also as a part: `logInTo`, `mayLogIn`. */
export function identifiersOf(words: readonly string[], file: string, code: string): string[] {
  const parts = words.map((word) => `(?<![A-Za-z])${word}|${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  const pattern = new RegExp(`(?:${parts.join('|')})s?(?![a-z])`);
  return code.split('\n').flatMap((line, index) => {
    const [found] = pattern.exec(line) ?? [];
    return found === undefined ? [] : `${file}:${index + 1}: ${found} was given up, docs/glossary.md has the word`;
  });
}
