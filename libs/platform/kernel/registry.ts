/** What the code defines, by name: two definitions of one name are a mistake that is told at start. */
export class Registry<Definition> {
  private readonly definitions = new Map<string, Definition>();

  /** `what` names the kind of thing in the message, such as "The job". */
  constructor(private readonly what: string) {}

  /** Gives the definition back. @throws when the name is defined already */
  add<Defined extends Definition>(name: string, definition: Defined): Defined {
    if (this.definitions.has(name)) throw new Error(`${this.what} ${name} is defined twice.`);
    this.definitions.set(name, definition);
    return definition;
  }

  /** Everything defined so far, by name. */
  get all(): ReadonlyMap<string, Definition> {
    return this.definitions;
  }
}
