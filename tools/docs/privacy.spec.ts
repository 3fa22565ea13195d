import { describe, expect, it } from 'vitest';
import type { Table } from '../privacy/catalogue.ts';
import { privacyDocument } from './privacy.ts';

const notes: Table = {
  table: 'notes',
  columns: new Map([
    ['id', 'none'],
    ['text', 'content'],
    ['written_by', 'identifier'],
    ['title', 'content'],
  ]),
};
const leases: Table = { table: 'leases', columns: new Map([['key', 'none']]) };
const retentions = [{ table: 'leases', expired: 'expires_at < now()' }];

describe('the document about privacy', () => {
  it('lists what each table holds about people by class, and those that hold nothing', () => {
    const document = privacyDocument([leases, notes], retentions);

    expect(document).toContain('| `notes` | identifier: `written_by` · content: `text`, `title` |\n');
    expect(document).toContain('Nothing about people is in: `leases`.');
  });

  it('says when rows go', () => {
    expect(privacyDocument([notes], retentions)).toContain('| `leases` | `expires_at < now()` |');
  });

  it('is not made of nothing', () => {
    expect(() => privacyDocument([], retentions)).toThrow('No table');
    expect(() => privacyDocument([notes], [])).toThrow('No table or no retention');
  });
});
