import type { Principal } from './access/principal.js';
import { defineError } from './errors/app-error.js';
import { Registry } from './registry.js';

export type FlagValue = boolean | string;

/** Something that can be switched while the service runs, for everybody or for some. */
export type Flag<Value extends FlagValue = FlagValue> = Readonly<{
  /** `feature.what`, such as `orders.exports`. Settings carry it: never rename one. */
  name: string;
  description: string;
  /** Who decides about it, and is asked when it should have gone. */
  owner: string;
  /** The day, YYYY-MM-DD, on which it has left the code: from then on the tests fail. `never`: a switch for operators, which is to stay. */
  removeBy: string;
  /** `false` and `true`, or the variants. */
  values: readonly Value[];
  /** What it is as long as nobody says anything else, and when those who know cannot be asked. */
  default: Value;
}>;

type Described = Pick<Flag, 'description' | 'owner' | 'removeBy'>;

const registry = new Registry<Flag>('The flag');

/** One that is on or off. @throws when two definitions share a name */
export const defineFlag = (name: string, definition: Described & { default: boolean }): Flag<boolean> =>
  registry.add(name, { name, values: [false, true], ...definition });

/** One of several variants. @throws when two definitions share a name */
export const defineVariants = <const Variant extends string>(
  name: string,
  { variants, ...definition }: Described & { variants: readonly Variant[]; default: NoInfer<Variant> },
): Flag<Variant> => registry.add(name, { name, values: variants, ...definition });

/** Every flag defined so far, by name. */
export const definedFlags = (): ReadonlyMap<string, Flag> => registry.all;

export const SwitchedOff = defineError({
  kind: 'unavailable',
  code: 'SWITCHED_OFF',
  title: 'This is switched off for now',
  help: 'It is on again when the operators say so; the rest of the service is not concerned.',
});

export abstract class Flags {
  /**
   * Answers from memory, and never fails: who cannot be asked leaves the default.
   * @param principal whom it is for; without one, no rule about people holds
   */
  abstract valueOf<Value extends FlagValue>(flag: Flag<Value>, principal?: Principal): Promise<Value>;
}
