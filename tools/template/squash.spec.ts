import { describe, expect, it } from 'vitest';
import { squashed } from './squash.ts';

const MODELS = 'CREATE TABLE "notes" (\n    "text" TEXT\n);\n';

const byHand = (series: string) => squashed(series, MODELS).slice(MODELS.length).trim();

describe('what was written by hand', () => {
  it('is kept with its comment, behind what the models say', () => {
    const insert = `-- The first one.\nINSERT INTO "notes" ("text") VALUES ('first; not last');`;

    expect(squashed(`CREATE TABLE "notes" ();\n\n${insert}\n`, MODELS)).toBe(`${MODELS.trim()}\n\n${insert}\n`);
  });

  it.each([
    'CREATE SEQUENCE "numbers";',
    'CREATE FUNCTION f() RETURNS trigger AS $body$ BEGIN RETURN NULL; END $body$ LANGUAGE plpgsql;',
    'CREATE TRIGGER t AFTER INSERT ON "notes" EXECUTE FUNCTION f();',
    'CREATE EXTENSION "citext";',
  ])('is kept: %s', (statement) => {
    expect(byHand(`${statement}\n`)).toBe(statement);
  });

  it.each([
    'CREATE SCHEMA IF NOT EXISTS "public";',
    'CREATE UNIQUE INDEX "i" ON "notes"("text");',
    '-- AlterTable\nALTER TABLE "notes" ADD COLUMN "text" TEXT;',
    'DROP INDEX "i";',
  ])('is not what the models say already: %s', (statement) => {
    expect(byHand(`${statement}\n`)).toBe('');
  });

  it('goes with its table', () => {
    expect(
      byHand(
        `INSERT INTO "orders" ("id") VALUES (1);\nCREATE TRIGGER t AFTER INSERT ON "orders" EXECUTE FUNCTION f();`,
      ),
    ).toBe('');
  });
});
