import { describe, expect, it } from 'vitest';
import { objectionsTo } from './objections.ts';

const rulesFor = (...statements: string[]) => [
  ...new Set(objectionsTo(`SET LOCAL lock_timeout = '5s';\n${statements.join(';\n')};\n`).map(({ rule }) => rule)),
];

describe('a migration that breaks or stops the release before it', () => {
  it.each([
    ['a required column', 'adding-required-field', 'ALTER TABLE orders ADD COLUMN note TEXT NOT NULL'],
    [
      'a default that is computed for every row',
      'adding-field-with-default',
      'ALTER TABLE orders ADD COLUMN token UUID NOT NULL DEFAULT gen_random_uuid()',
    ],
    [
      'a stored column',
      'adding-field-with-default',
      'ALTER TABLE orders ADD COLUMN twice INT GENERATED ALWAYS AS (n * 2) STORED',
    ],
    ['another type', 'changing-column-type', 'ALTER TABLE orders ALTER COLUMN total TYPE BIGINT'],
    ['a renamed column', 'renaming-column', 'ALTER TABLE orders RENAME COLUMN note TO remark'],
    ['a renamed table', 'renaming-table', 'ALTER TABLE orders RENAME TO purchases'],
    ['a column that goes', 'ban-drop-column', 'ALTER TABLE orders DROP COLUMN note'],
    ['a table that goes', 'ban-drop-table', 'DROP TABLE orders'],
    ['an index that blocks writes', 'require-concurrent-index-creation', 'CREATE INDEX i ON orders (note)'],
    ['an index that goes', 'require-concurrent-index-deletion', 'DROP INDEX orders_note_idx'],
    [
      'a foreign key that is checked at once',
      'adding-foreign-key-constraint',
      'ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id)',
    ],
    [
      'a condition that is checked at once',
      'constraint-missing-not-valid',
      'ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0)',
    ],
    ['a unique column', 'disallowed-unique-constraint', 'ALTER TABLE orders ADD CONSTRAINT u UNIQUE (reference)'],
    [
      'a column that becomes required',
      'adding-not-nullable-field',
      'ALTER TABLE orders ALTER COLUMN note SET NOT NULL',
    ],
    ['a table that is locked', 'locking-table', 'LOCK TABLE orders'],
    ['an emptied table', 'truncating-table', 'TRUNCATE orders'],
    ['another word for a value', 'renaming-enum-value', "ALTER TYPE status RENAME VALUE 'sent' TO 'shipped'"],
    ['every row at once', 'changing-every-row', "UPDATE orders SET note = ''"],
  ])('is refused: %s', (_, rule, statement) => {
    expect(rulesFor(statement)).toContain(rule);
  });

  it('is refused when it would wait for a lock while everybody waits behind it', () => {
    expect(objectionsTo('ALTER TABLE orders ADD COLUMN note TEXT;')).toMatchObject([{ rule: 'require-lock-timeout' }]);
  });

  it('is refused when an index is made CONCURRENTLY beside something else, which Postgres refuses as well', () => {
    expect(rulesFor('CREATE INDEX CONCURRENTLY i ON orders (note)')).toContain(
      'ban-concurrent-index-creation-in-transaction',
    );
  });

  it('is told by line and rule what is wrong with it', () => {
    const [objection] = objectionsTo("SET LOCAL lock_timeout = '5s';\n\n-- DropTable\nDROP TABLE orders;\n");

    expect(objection).toMatchObject({ line: 4, rule: 'ban-drop-table', message: expect.stringMatching(/clients/) });
  });
});

describe('a migration that does neither', () => {
  it.each([
    [
      'columns that may be empty or have a constant',
      ['ALTER TABLE orders ADD COLUMN note TEXT, ADD COLUMN n INT NOT NULL DEFAULT 0'],
    ],
    ['a condition for what comes', ['ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) NOT VALID']],
    ['the check of one that is there', ['ALTER TABLE orders VALIDATE CONSTRAINT c']],
    ['a new value', ["ALTER TYPE status ADD VALUE 'returned'"]],
    ['some rows', ["UPDATE orders SET note = '' WHERE id < '01'"]],
    [
      'a new table with all that belongs to it',
      [
        'CREATE TABLE things (id UUID NOT NULL, user_id UUID NOT NULL, n INT NOT NULL, CONSTRAINT things_pkey PRIMARY KEY (id))',
        'CREATE UNIQUE INDEX things_n ON things (n)',
        'ALTER TABLE things ADD CONSTRAINT things_n_check CHECK (n > 0)',
        'ALTER TABLE things ADD CONSTRAINT things_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE',
      ],
    ],
  ])('passes: %s', (_, statements) => {
    expect(rulesFor(...statements)).toEqual([]);
  });

  it('passes: an index that is made CONCURRENTLY, alone', () => {
    expect(objectionsTo('CREATE UNIQUE INDEX CONCURRENTLY i ON orders (reference);')).toEqual([]);
    expect(objectionsTo('DROP INDEX CONCURRENTLY orders_note_idx;')).toEqual([]);
  });

  it.each([
    ['ban-drop-column', 'ALTER TABLE orders DROP COLUMN note'],
    ['truncating-table', 'TRUNCATE orders'],
  ])('passes: %s that is excepted with a reason', (rule, statement) => {
    expect(rulesFor(`-- Nothing reads it since 0.2.\n-- squawk-ignore ${rule}\n${statement}`)).toEqual([]);
    expect(rulesFor(`-- squawk-ignore ${rule}\n${statement}`)).toEqual(['unreasoned-exception']);
  });
});

it('what is no SQL is refused', () => {
  expect(rulesFor('CREAT TABLE orders')).toContain('syntax-error');
});
