const PARTS = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|;|[^;'"$/-]+|[\s\S]/g;

export type Statement = Readonly<{ text: string; line: number }>;

/** The statements of a file without their comments, each with the line on which it begins. What is quoted is passed over whole. */
export function statementsOf(sql: string): Statement[] {
  const statements: Statement[] = [];
  let text = '';
  let line = 1;
  let begin = 1;
  for (const [part] of `${sql};`.matchAll(PARTS)) {
    if (part === ';') {
      if (text.trim() !== '') statements.push({ text: text.trim(), line: begin });
      text = '';
    } else if (!/^(?:--|\/\*)/.test(part)) {
      if (text.trim() === '') begin = line + linesIn(part.slice(0, part.search(/\S|$/)));
      text += part;
    }
    line += linesIn(part);
  }
  return statements;
}

const linesIn = (text: string): number => text.split('\n').length - 1;
