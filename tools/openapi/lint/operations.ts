type Media = Readonly<Record<string, Readonly<{ schema?: unknown }>>>;
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
  components?: Readonly<{ schemas?: Readonly<Record<string, unknown>> }>;
}>;

/** Each with a name for messages: the method it comes from, and its address. */
export const operationsOf = ({ paths }: Document): [name: string, operation: Operation][] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${(operation.operationId ?? '?').replace('.', 'Controller.')} (${method.toUpperCase()} ${path})`,
      operation,
    ]),
  );
