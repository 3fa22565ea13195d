import { z } from 'zod';
import { pathId } from '#platform/http/input/path-id.js';

export const operationParams = z.strictObject({ id: pathId });
export type OperationParams = z.infer<typeof operationParams>;
