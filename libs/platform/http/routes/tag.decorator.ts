/** How the document groups operations. */
export type Tag = Readonly<{ name: string; description: string }>;

/** By module. */
const tags = new WeakMap<object, Tag>();

/** Groups the operations of a module: one for each feature, with a sentence that says what it is about. */
export const OpenApiTag =
  (tag: Tag): ClassDecorator =>
  (module) =>
    void tags.set(module, tag);

export const tagOf = (module: object): Tag | undefined => tags.get(module);
