import { describe, expect, it } from 'vitest';
import { code, link, list, paragraph } from './blocks.js';
import { layOut } from './layout.js';

const MARKUP = `<b>"R&B"</b> 'n' roll`;
const everyBlock = [
  paragraph(`Hello ${MARKUP}`),
  list([`1 × ${MARKUP}`, 'a cup']),
  link(`Go, ${MARKUP}:`, { label: MARKUP, url: 'https://shop.example.test/?a=1&b="2"' }),
  code(`Copy, ${MARKUP}:`, MARKUP),
];

describe('the layout of mails', () => {
  it('makes no markup of what is written into a mail', () => {
    const { html } = layOut({ subject: 'Hello', blocks: everyBlock }, 'en');

    expect(html).not.toContain('<b>');
    expect(html.match(/&#60;b&#62;&#34;R&#38;B&#34;&#60;\/b&#62; &#39;n&#39; roll/g)).toHaveLength(6);
    expect(html).toContain('<a href="https://shop.example.test/?a=1&#38;b=&#34;2&#34;">');
  });

  it('says the same as plain text, as it was written', () => {
    const { subject, text } = layOut({ subject: MARKUP, blocks: everyBlock }, 'en');

    expect(subject).toBe(MARKUP);
    expect(text).toBe(`Hello ${MARKUP}

- 1 × ${MARKUP}
- a cup

Go, ${MARKUP}:

https://shop.example.test/?a=1&b="2"

Copy, ${MARKUP}:

${MARKUP}
`);
  });

  it('tells programs that read aloud which language it is in', () => {
    expect(layOut({ subject: 'Hallo', blocks: [paragraph('Hallo')] }, 'de').html).toContain('<div lang="de"');
  });
});
