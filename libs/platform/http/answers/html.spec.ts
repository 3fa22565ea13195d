import { expect, it } from 'vitest';
import { html } from './html.js';

it('takes values for text, and pieces of a page for what they are', () => {
  const name = `<script>alert("1")</script>`;
  const rows = [1, 2].map((row) => html`<li>${row}</li>`);

  expect(html`<p title="${'"'}">${name}</p><ul>${rows}</ul>${html`<hr>`}`.text).toBe(
    '<p title="&#34;">&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62;</p><ul><li>1</li><li>2</li></ul><hr>',
  );
});
