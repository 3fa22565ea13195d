import type { Rule } from 'eslint';

type Parameter = Rule.Node & {
  decorators?: unknown[];
  /** Set when the parameter is also a property: `private readonly clock: Clock`. */
  parameter?: Parameter;
  typeAnnotation?: { typeAnnotation: { typeName?: { name?: string } } };
};
type Constructor = Rule.Node & { parent: { parent: { decorators?: unknown[] } }; value: { params: Parameter[] } };
type Import = Rule.Node & { importKind?: string; specifiers: { importKind?: string; local: { name: string } }[] };

/**
 * A constructor parameter of a decorated class is what Nest injects by. Imported as a type, its metadata becomes `Object`
 * and the process fails at start, far from the import.
 */
export const injectedClassesAreValues: Rule.RuleModule = {
  meta: {
    type: 'problem',
    messages: { value: '{{name}} is injected: import it as a value, or Nest cannot find it.' },
    schema: [],
  },
  create(context) {
    const types = new Set<string>();

    return {
      ImportDeclaration(node) {
        const { importKind, specifiers } = node as Import;
        const typesOnly = specifiers.filter((specifier) => importKind === 'type' || specifier.importKind === 'type');
        for (const { local } of typesOnly) types.add(local.name);
      },

      'MethodDefinition[kind="constructor"]'(constructor: Constructor) {
        if (!constructor.parent.parent.decorators?.length) return;

        for (const parameter of constructor.value.params) {
          const name = injectedType(parameter);
          if (name && types.has(name)) context.report({ node: parameter, messageId: 'value', data: { name } });
        }
      },
    };
  },
};

/** Undefined for a parameter with a decorator of its own: it is injected by token, so its type does not matter. */
function injectedType(parameter: Parameter): string | undefined {
  if (parameter.decorators?.length) return undefined;
  return (parameter.parameter ?? parameter).typeAnnotation?.typeAnnotation.typeName?.name;
}
