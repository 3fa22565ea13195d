import { expect, it } from 'vitest';
import { boardPage } from './board-page.js';

const TEMPLATE = `<base href="<%= basePath %>"><link href="https://fonts.test/a.css" rel="stylesheet">
<link href="static/a.css"><script type="application/json"><%- uiConfig %></script><script defer src="static/a.js"></script>`;

it('fills the gaps, loads nothing from elsewhere, and runs our script first', () => {
  expect(boardPage(TEMPLATE, { basePath: '/"', uiConfig: '{"a":1}' })).toBe(
    `<base href="/&#34;"><link href="static/a.css"><script type="application/json">{"a":1}</script>` +
      `<script type="module" src="return-to-sign-in.js"></script><script defer src="static/a.js"></script>`,
  );
});

it.each([
  ['a gap that nothing fills', `${TEMPLATE}<%= other %>`],
  ['more of the language than gaps', `${TEMPLATE}<% if (x) { %>`],
  ['no script of the kind that we know', TEMPLATE.replace('<script defer', '<script async')],
])('refuses a template with %s', (_what, template) => {
  expect(() => boardPage(template, { basePath: '/', uiConfig: '{}' })).toThrow('The page of Bull Board');
});
