import { describe, expect, it } from 'vitest';
import { namesOf } from './names.ts';

describe('the names of a feature', () => {
  it('follow from its plural', () => {
    expect(namesOf('delivery-notes')).toEqual({
      plural: 'delivery-notes',
      singular: 'delivery-note',
      Plural: 'DeliveryNotes',
      Singular: 'DeliveryNote',
      many: 'deliveryNotes',
      one: 'deliveryNote',
      CONSTANT: 'DELIVERY_NOTE',
      table: 'delivery_notes',
      wordsPlural: 'delivery notes',
      words: 'delivery note',
      aWords: 'a delivery note',
      Words: 'Delivery notes',
      aSingular: 'aDeliveryNote',
    });
  });

  it.each([
    ['categories', 'category', 'a category'],
    ['invoices', 'invoice', 'an invoice'],
    ['people', 'person', 'a person'],
    ['uploads', 'upload', 'an upload'],
    ['units', 'unit', 'a unit'],
  ])('know the singular of %s', (plural, singular, aWords) => {
    expect(namesOf(plural)).toMatchObject({ singular, aWords });
  });

  it.each([
    ['invoice', 'A feature is named in the plural: invoices instead of invoice.'],
    ['Invoices', '"Invoices" is no name for a feature'],
    ['in voices', 'lower-case words joined by hyphens, such as delivery-notes'],
    ['../invoices', 'is no name'],
    ['2fas', 'is no name'],
    ['', 'is no name'],
    [`${'x'.repeat(40)}s`, 'is no name'],
    ['news', 'the same in singular and plural'],
    ['classes', '"class" means something else'],
    ['users', '"user" means something else'],
    ['events', '"event" means something else'],
  ])('are refused for "%s", with what is wrong', (name, reason) => {
    expect(() => namesOf(name)).toThrow(reason);
  });
});
