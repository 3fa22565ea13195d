import { Eta } from 'eta/core';
import { escapeHtml } from '../../kernel/values/escape-html.js';
import type { Locale } from '../../kernel/values/locales.js';
import type { MailText } from '../mailer.js';
import type { Block, MailContent } from './blocks.js';

const eta = new Eta({ autoEscape: true, escapeFunction: (value) => escapeHtml(String(value)) });

// Styles stand at the elements: mail programs drop style sheets.
eta.loadTemplate(
  '@layout',
  `<div lang="<%= it.locale %>" style="max-width: 36em; font: 16px/1.5 sans-serif">
<% for (const block of it.blocks) { %>
<% if (block.kind === 'paragraph') { %>
<p><%= block.text %></p>
<% } else if (block.kind === 'list') { %>
<ul><% for (const item of block.items) { %><li><%= item %></li><% } %></ul>
<% } else if (block.kind === 'link') { %>
<p><%= block.lead %><br><a href="<%= block.url %>"><%= block.label %></a></p>
<% } else { %>
<p><%= block.lead %><br><code><%= block.code %></code></p>
<% } %>
<% } %>
</div>
`,
);

/** The frame that all mails share. */
export const layOut = ({ subject, blocks }: MailContent, locale: Locale): MailText => ({
  subject,
  text: `${blocks.map(plainText).join('\n\n')}\n`,
  html: eta.render('@layout', { locale, blocks }),
});

function plainText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return block.text;
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
    case 'link':
      return `${block.lead}\n\n${block.url}`;
    case 'code':
      return `${block.lead}\n\n${block.code}`;
  }
}
