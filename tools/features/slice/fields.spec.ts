import { describe, expect, it } from 'vitest';
import { FIELD_TYPES, parseField } from './fields.ts';
import { namesOf } from './names.ts';

const owner = namesOf('parcels');
const parse = (text: string) => parseField(text, owner);

describe('a field', () => {
  it('may be of these types', () => {
    expect(FIELD_TYPES).toEqual(['string', 'text', 'int', 'boolean', 'date', 'money', 'enum', 'reference']);
  });

  it('has a column of its own name, in the style of columns', () => {
    expect(parse('dueOn:date')).toMatchObject({
      name: 'dueOn',
      entityType: 'string',
      model: ['dueOn DateTime @map("due_on") @db.Date'],
      columns: ['due_on::text AS "dueOn"'],
    });
  });

  it('may be null where its type ends with a question mark', () => {
    expect(parse('parts:int?')).toMatchObject({ isNullable: true, entityType: 'number | null', model: ['parts Int?'] });
    expect(parse('size:enum:small/large?')).toMatchObject({ isNullable: true, values: ['small', 'large'] });
  });

  it('names its values', () => {
    expect(parse('size:enum:small/large')).toMatchObject({
      VALUES: 'PARCEL_SIZES',
      Enum: 'ParcelSize',
      entityType: 'ParcelSize',
    });
  });

  it('names whose id it is', () => {
    const { target, Error, ERROR } = parse('sessionId:reference:sessions');

    expect(target).toMatchObject({
      model: 'Session',
      table: 'sessions',
      insert: expect.stringMatching(/^INSERT INTO sessions \(id, user_id, /),
    });
    expect([Error, ERROR]).toEqual(['ParcelSessionNotFound', 'PARCEL_SESSION_NOT_FOUND']);
  });

  it.each([
    ['due-on:date', '"due-on" is no name for a field'],
    ['DueOn:date', 'is no name'],
    ['x; drop:int', 'is no name'],
    [':int', 'is no name'],
    ['constructor:int', 'already'],
    ['id:int', 'Every feature has a field id already.'],
    ['weight:float', '"float" is no type of a field. There are: string, text,'],
    ['weight', '"" is no type'],
    ['weight:toString', 'is no type'],
    ['size:enum', 'The values of size are missing: two or more words such as size:enum:draft/sent.'],
    ['size:enum:small', 'values of size are missing'],
    ['size:enum:small/small', 'values of size are missing'],
    ['size:enum:Small/large', 'values of size are missing'],
    ['order:reference:orders', 'A field that refers to something is named after it: orderId:reference:orders.'],
    ['planetId:reference:planets', 'There is no feature planets'],
    ['roleId:reference:roles', 'belong to nobody'],
  ])('is refused as %s, with what is wrong', (text, reason) => {
    expect(() => parse(text)).toThrow(reason);
  });
});
