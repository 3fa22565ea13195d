import { expect, it } from 'vitest';
import { escapeHtml } from './escape-html.js';

it('leaves nothing of a text that HTML would act upon', () => {
  expect(escapeHtml(`<b title="x" lang='y'>&amp;`)).toBe('&#60;b title=&#34;x&#34; lang=&#39;y&#39;&#62;&#38;amp;');
});
