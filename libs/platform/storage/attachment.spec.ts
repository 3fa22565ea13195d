import { describe, expect, it } from 'vitest';
import { attachment } from './attachment.js';

describe('attachment', () => {
  it.each([
    ['orders.csv', 'attachment; filename="orders.csv"'],
    ['my file.pdf', `attachment; filename="my_file.pdf"; filename*=UTF-8''my%20file.pdf`],
    ['Grüße (1).pdf', `attachment; filename="Gr__e__1_.pdf"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%281%29.pdf`],
    ['a"; x="b\r\nc', `attachment; filename="a___x__b__c"; filename*=UTF-8''a%22%3B%20x%3D%22b%0D%0Ac`],
  ])('names %j', (name, header) => {
    expect(attachment(name)).toBe(header);
  });
});
