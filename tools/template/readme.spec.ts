import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answersOf } from './answers.ts';
import { readmeOf } from './readme.ts';

const TEMPLATE = `# The template

Many words about it.

## Run it
npm start

| command | what it does |
|---|---|
| \`npm run check\` | the quick half |

## Make it yours

How.

## What you get

- much

## Read on

- more

MIT licensed, see [LICENSE](LICENSE).
`;

const answers = answersOf({ name: 'billing', description: 'Sends $& bills.', license: 'Apache-2.0' });

describe('README.md of a new project', () => {
  it('tells how it runs, and nothing about the template', () => {
    expect(readmeOf(TEMPLATE, answers)).toBe(`# Billing

Sends $& bills.

## Run it
npm start

| command | what it does |
|---|---|
| \`npm run check\` | the quick half |

## Read on

- more

Apache-2.0 licensed, see [LICENSE](LICENSE).
`);
  });

  it('names no license where there is none', () => {
    expect(readmeOf(TEMPLATE, answersOf({ name: 'billing' }))).toMatch(/\nAll rights reserved, see \[LICENSE\]/);
  });

  it('keeps most of what stands here', () => {
    const text = readmeOf(readFileSync('README.md', 'utf8'), answers);

    for (const title of ['Run it', 'Where things are', 'Add a feature', 'Read on'])
      expect(text).toContain(`\n## ${title}\n`);
    expect(text).not.toContain('template:init');
  });
});
