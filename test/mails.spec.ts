import { expect, it } from 'vitest';
import { LOCALES } from '#platform/kernel/values/locales.js';
import { mailPreviews } from '#platform/mail/templates/mail-template.js';

// Loaded, they have declared every mail that a program sends.
await Promise.all([import('#apps/api/src/api.module.js'), import('#apps/worker/src/worker.module.js')]);

const previews = mailPreviews();
const templates = [...new Set(previews.map(({ template }) => template))];
const inEachLocale = (template: string) => previews.filter((preview) => preview.template === template);

it('finds the mails that are sent', () => {
  expect(templates).toContain('accounts.verification');
});

it.each(templates)('%s says something in every language, and in no two the same', (template) => {
  const mails = inEachLocale(template);

  for (const part of ['subject', 'text', 'html'] as const)
    expect(new Set(mails.map((mail) => mail[part].trim()).filter(Boolean)), part).toHaveProperty(
      'size',
      LOCALES.length,
    );
});

it.each(templates)('%s has as many links and codes in every language', (template) => {
  const shapes = inEachLocale(template).map(({ html }) => html.match(/<(?:p|ul|li|a|code)\b/g));

  expect(new Set(shapes.map((shape) => shape?.join()))).toHaveProperty('size', 1);
});

it('leaves no hole where a value belongs', () => {
  const holes = previews.filter(({ subject, text }) => /undefined|\bnull\b|NaN|\[object/.test(subject + text));

  expect(holes).toEqual([]);
});
