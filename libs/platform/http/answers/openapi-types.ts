import type { OpenAPIObject } from '@nestjs/swagger';

type Components = NonNullable<OpenAPIObject['components']>;

/* Parts of the document: @nestjs/swagger exports the type of the whole alone. */
export type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;
export type ParameterObject = Exclude<NonNullable<OperationObject['parameters']>[number], { $ref: string }>;
export type ResponseObject = Exclude<NonNullable<OperationObject['responses'][string]>, { $ref: string }>;
export type SchemaObject = Exclude<NonNullable<Components['schemas']>[string], { $ref: string }>;
export type HeaderObjects = NonNullable<Components['headers']>;
export type ResponseObjects = NonNullable<Components['responses']>;
