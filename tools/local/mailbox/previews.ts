import { CommandFailed, runNode } from '../../run-node.ts';

export type Preview = Readonly<{ template: string; locale: string; text: string; html: string }>;

const PROGRAM = 'tools/local/mailbox/print-previews.ts';

/** In a process of its own, so that they are those of the latest build. */
export async function readPreviews(): Promise<readonly Preview[]> {
  const finished = await runNode([PROGRAM]);
  if (finished.exitCode !== 0) throw new CommandFailed([PROGRAM], finished);
  return JSON.parse(finished.output);
}

/** Names of templates and languages are words of our code: nothing in them needs escaping. */
export const previewList = (previews: readonly Preview[]): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Templates</title>
<h1>Templates</h1>
<ul>
${previews.map(listItem).join('\n')}
</ul>
</html>
`;

const listItem = ({ template, locale }: Preview): string => {
  const address = `/templates/${template}/${locale}`;
  return `<li>${template}, ${locale}: <a href="${address}/html">HTML</a> <a href="${address}/text">text</a></li>`;
};
