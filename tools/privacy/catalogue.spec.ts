import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../servers/local-directory.ts';
import { catalogueOf } from './catalogue.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'models-'));
  mkdirSync(join(root, 'prisma/models'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

function catalogueOfModels(text: string) {
  writeFileSync(join(root, 'prisma/models/notes.prisma'), text);
  return catalogueOf(root);
}

const NOTE = `model Note {
  id        String   @id @db.Uuid
  /// The one who wrote it.
  writtenBy String   @map("written_by") @db.Uuid
  text      String?
  writer    User     @relation(fields: [writtenBy], references: [id])

  @@index([writtenBy])
  @@map("notes")
}

/// @pii none: id
model User {
  id    String @id
  notes Note[]
}
`;

describe('what a table holds about people', () => {
  it('is declared above its model, column by column', () => {
    const marks =
      '/// What somebody noted.\n/// @pii identifier: writtenBy\n/// @pii content: text\n/// @pii none: id\n';

    const { tables, problems } = catalogueOfModels(marks + NOTE);

    expect(problems).toEqual([]);
    expect(tables[0]).toEqual({
      table: 'notes',
      columns: new Map([
        ['id', 'none'],
        ['written_by', 'identifier'],
        ['text', 'content'],
      ]),
    });
  });

  it.each([
    ['a column without a class', '/// @pii none: id, writtenBy\n', ['Note.text has no class']],
    ['a column that is not there', '/// @pii none: id, writtenBy, text, title\n', ['Note.title is no column']],
    ['a relation', '/// @pii none: id, writtenBy, text, writer\n', ['Note.writer is no column']],
    [
      'a class that is not there',
      '/// @pii private: text\n/// @pii none: id, writtenBy\n',
      ['Note.text: there is no class private'],
    ],
  ])('is not complete with %s', (_what, marks, problems) => {
    expect(catalogueOfModels(marks + NOTE).problems).toEqual(problems);
  });
});

it('every column of every model has a class', () => {
  expect(catalogueOf(ROOT).problems).toEqual([]);
});
