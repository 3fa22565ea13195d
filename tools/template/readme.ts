import type { Answers } from './answers.ts';

/** About the template, not about what begins with it. */
const LEFT_OUT = ['Make it yours', 'What you get'];

/** README.md as the new project begins with it: how it runs and where things are; what it is for is its own to tell. */
export function readmeOf(template: string, answers: Answers): string {
  const [, ...sections] = template.split(/^(?=## )/m);
  const kept = sections.filter((section) => !LEFT_OUT.some((title) => section.startsWith(`## ${title}\n`)));
  const text = [`# ${answers.title}\n\n${answers.description}\n\n`, ...kept].join('');
  return text.replace(/^.* licensed, see \[LICENSE\].*$/m, () => terms(answers));
}

const terms = ({ license }: Answers): string =>
  license === 'UNLICENSED'
    ? 'All rights reserved, see [LICENSE](LICENSE).'
    : `${license} licensed, see [LICENSE](LICENSE).`;
