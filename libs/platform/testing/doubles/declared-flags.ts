import type { Flag, Flags, FlagValue } from '#platform/kernel/flags.js';

/** Every flag has the default that the code declares, unless a test says otherwise, by name. */
export class DeclaredFlags implements Flags {
  readonly said = new Map<string, FlagValue>();

  async valueOf<Value extends FlagValue>({ name, default: byDefault }: Flag<Value>): Promise<Value> {
    return (this.said.get(name) as Value | undefined) ?? byDefault;
  }
}
