import { expect, it } from 'vitest';
import { LOCALES } from '../../kernel/values/locales.js';
import { paragraph } from './blocks.js';
import { defineMail, mailPreviews } from './mail-template.js';

const greeting = defineMail('spec.greeting', {
  example: { name: 'Ada' },
  texts: {
    en: ({ name }) => ({ subject: `Hello ${name}`, blocks: [paragraph('How are you?')] }),
    de: ({ name }) => ({ subject: `Hallo ${name}`, blocks: [paragraph('Wie geht es Ihnen?')] }),
  },
});

it('speaks the language it is asked for, and otherwise English', () => {
  const { subject, text } = greeting.render({ name: 'Grace' }, 'de');

  expect({ subject, text }).toEqual({ subject: 'Hallo Grace', text: 'Wie geht es Ihnen?\n' });
  expect(greeting.render({ name: 'Grace' }).subject).toBe('Hello Grace');
});

it('can be looked at in every language, with its example', () => {
  const previews = mailPreviews().filter(({ template }) => template === 'spec.greeting');

  expect(previews.map(({ locale }) => locale)).toEqual(LOCALES);
  expect(previews.map(({ subject }) => subject)).toEqual(['Hello Ada', 'Hallo Ada']);
});

it('has a name of its own', () => {
  const texts = { en: () => ({ subject: '', blocks: [] }), de: () => ({ subject: '', blocks: [] }) };

  expect(() => defineMail('spec.greeting', { example: {}, texts })).toThrow(/spec\.greeting is defined twice/);
});
