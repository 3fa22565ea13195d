import { pluralize, singularize } from 'inflection';

/** What a feature and its parts are called, from its plural: `delivery-notes`. */
export type Names = Readonly<{
  plural: string;
  singular: string;
  /** Classes: `DeliveryNotes`, `DeliveryNote`. */
  Plural: string;
  Singular: string;
  /** Variables: `deliveryNotes`, `deliveryNote`. */
  many: string;
  one: string;
  /** Error codes: `DELIVERY_NOTE`. */
  CONSTANT: string;
  table: string;
  /** In sentences: `delivery notes`, `delivery note`, `a delivery note`, and at the beginning of one. */
  wordsPlural: string;
  words: string;
  aWords: string;
  Words: string;
  /** Factories: `aDeliveryNote`. */
  aSingular: string;
}>;

/** Words that would mean something else in the code that is generated. */
const RESERVED = new Set(
  [
    'break case catch class const continue debugger default delete do else enum export extends false finally for function',
    'if implements import in instanceof interface let new null package private protected public return static super switch',
    'this throw true try typeof var void while with yield await async of',
    'app body cache change clock controller create cursor data database date draft error event file id index job limit map',
    'module name number object order-item owner page page-request param permission principal promise query record row set',
    'statement string symbol system test transaction type user version world',
  ].flatMap((line) => line.split(' ')),
);

/** @throws Error that says what is wrong with the name, and with which one it would work */
export function namesOf(plural: string): Names {
  if (!/^[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)*$/.test(plural) || plural.length > 40)
    throw new Error(
      `"${plural}" is no name for a feature: lower-case words joined by hyphens, such as delivery-notes.`,
    );

  const [singular, expected] = [inLastWord(plural, singularize), inLastWord(plural, pluralize)];
  if (plural !== expected) throw new Error(`A feature is named in the plural: ${expected} instead of ${plural}.`);
  if (singular === plural)
    throw new Error(
      `"${plural}" is the same in singular and plural, which its parts must tell apart: take another word.`,
    );
  if (RESERVED.has(singular)) throw new Error(`"${singular}" means something else in the code: take another word.`);

  const [Plural, Singular] = [pascal(plural), pascal(singular)];
  const [words, wordsPlural] = [singular.replaceAll('-', ' '), plural.replaceAll('-', ' ')];
  const article = articleOf(singular);
  return {
    plural,
    singular,
    Plural,
    Singular,
    many: uncapitalized(Plural),
    one: uncapitalized(Singular),
    CONSTANT: singular.toUpperCase().replaceAll('-', '_'),
    table: plural.replaceAll('-', '_'),
    wordsPlural,
    words,
    aWords: `${article} ${words}`,
    Words: capitalized(wordsPlural),
    aSingular: `${article}${Singular}`,
  };
}

/** `DeliveryNote` of `delivery-note`, and of `deliveryNote`. */
export const pascal = (name: string): string => name.split('-').map(capitalized).join('');
export const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const uncapitalized = (word: string): string => word.charAt(0).toLowerCase() + word.slice(1);

/** By how it is spelled: the few words that begin with another sound than letter stay wrong. */
export const articleOf = (word: string): 'a' | 'an' => (/^(?:[aeio]|u(?!n[a-z]|s|t))/.test(word) ? 'an' : 'a');

function inLastWord(name: string, change: (word: string) => string): string {
  const words = name.split('-');
  return [...words.slice(0, -1), change(words.at(-1) ?? '')].join('-');
}
