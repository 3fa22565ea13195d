export type Media = Readonly<Record<string, Readonly<{ schema?: unknown }>>>;
export type Operation = Readonly<{
  operationId?: string;
  summary?: string;
  description?: string;
  deprecated?: boolean;
  tags?: readonly string[];
  requestBody?: Readonly<{ content?: Media }>;
  responses?: Readonly<Record<string, Readonly<{ $ref?: string; content?: Media }>>>;
}>;
export type Document = Readonly<{
  tags?: readonly Readonly<{ name: string; description?: string }>[];
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  components?: Readonly<{
    schemas?: Readonly<Record<string, unknown>>;
    responses?: Readonly<Record<string, Readonly<{ content?: Media }>>>;
  }>;
}>;

/** Each with its name. */
export const operationsOf = ({ paths }: Document): [name: string, operation: Operation][] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      nameOf(method, path, operation),
      operation,
    ]),
  );

/** For messages: the method of the controller, and its address. */
export const nameOf = (method: string, path: string, { operationId = '?' }: Operation): string =>
  `${operationId.replace('.', 'Controller.')} (${method.toUpperCase()} ${path})`;
