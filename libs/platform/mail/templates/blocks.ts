/** What a mail says, without how it looks: the layout makes the HTML and the plain text of it, so that neither says more than the other. */
export type Block =
  | Readonly<{ kind: 'paragraph'; text: string }>
  | Readonly<{ kind: 'list'; items: readonly string[] }>
  | Readonly<{ kind: 'link'; lead: string; label: string; url: string }>
  | Readonly<{ kind: 'code'; lead: string; code: string }>;

export type MailContent = Readonly<{ subject: string; blocks: readonly Block[] }>;

export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

export const list = (items: readonly string[]): Block => ({ kind: 'list', items });

/** `label` is what HTML shows in place of the address. */
export const link = (lead: string, target: Readonly<{ label: string; url: string }>): Block => ({
  kind: 'link',
  lead,
  ...target,
});

/** Something to be copied: in the plain text it has a line of its own. */
export const code = (lead: string, value: string): Block => ({ kind: 'code', lead, code: value });
