import { describe, expect, it } from 'vitest';
import { statementsOf } from './statements.ts';

describe('the statements of a migration', () => {
  it('begin on their own line, whatever stands before them', () => {
    expect(statementsOf('-- AlterTable\nALTER TABLE a\n  ADD b text;\n\n/* two;\nlines */\nDROP TABLE c')).toEqual([
      { text: 'ALTER TABLE a\n  ADD b text', line: 2 },
      { text: 'DROP TABLE c', line: 7 },
    ]);
  });

  it.each(["SELECT 'a; b'", 'SELECT "a; b"', 'DO $$ BEGIN a; END $$', 'DO $x$ a; $$; $x$', "SELECT 'it''s; so'"])(
    'keep what is quoted: %s',
    (sql) => {
      expect(statementsOf(`${sql};`)).toEqual([{ text: sql, line: 1 }]);
    },
  );

  it('are none in a file of comments', () => {
    expect(statementsOf('-- This is an empty migration.\n')).toEqual([]);
  });
});
