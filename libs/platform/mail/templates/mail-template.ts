import { Registry } from '../../kernel/registry.js';
import { DEFAULT_LOCALE, LOCALES, type Locale } from '../../kernel/values/locales.js';
import type { MailText } from '../mailer.js';
import type { MailContent } from './blocks.js';
import { layOut } from './layout.js';

type Texts<Data> = Readonly<Record<Locale, (data: Data) => MailContent>>;

export type MailTemplate<Data> = Readonly<{
  /** `feature.what`, such as `accounts.verification`. */
  name: string;
  /** In the default language for those who chose none. */
  render(data: Data, locale?: Locale | null): MailText;
}>;

export type MailPreview = MailText & Readonly<{ template: string; locale: Locale }>;

const examples = new Registry<(locale: Locale) => MailText>('The mail');

/**
 * Declares a mail beside its mailer, with its text in every locale.
 * @param example data as it may be, for the previews; no real person's
 * @throws when two definitions share a name
 */
export function defineMail<Data>(
  name: string,
  { example, texts }: Readonly<{ example: Data; texts: Texts<NoInfer<Data>> }>,
): MailTemplate<Data> {
  const render = (data: Data, chosen?: Locale | null) => {
    const locale = chosen ?? DEFAULT_LOCALE;
    return layOut(texts[locale](data), locale);
  };
  examples.add(name, (locale) => render(example, locale));
  return { name, render };
}

/** Every mail declared so far, as its example looks in each locale. */
export const mailPreviews = (): readonly MailPreview[] =>
  [...examples.all].flatMap(([template, render]) => LOCALES.map((locale) => ({ template, locale, ...render(locale) })));
