import type { Principal } from '../access/principal.js';
import { defineError } from '../errors/app-error.js';
import type { OperationDefinition, OperationResult } from './operation-definition.js';

export const OPERATION_STATUSES = ['pending', 'running', 'succeeded', 'failed', 'cancelled'] as const;
type OperationStatus = (typeof OPERATION_STATUSES)[number];

/** What went wrong, as the owner is told. */
export type OperationProblem = Readonly<{ code: string; title: string; detail: string }>;

export type Operation = Readonly<{
  id: string;
  kind: string;
  ownerId: string;
  /** Of the key that asked for it; null when the owner did. */
  apiKeyId: string | null;
  status: OperationStatus;
  percent: number;
  createdAt: Date;
  updatedAt: Date;
  /** Of one that succeeded. */
  result: OperationResult | null;
  /** Of one that failed. */
  problem: OperationProblem | null;
}>;

export const isEnded = ({ status }: Pick<Operation, 'status'>): boolean => status !== 'pending' && status !== 'running';

/** Its owner, and of their API keys the one that asked for it: another one was not given the permission. */
export const mayAccess = ({ ownerId, apiKeyId }: Operation, principal: Principal): boolean =>
  principal.id === ownerId && (principal.kind === 'user' || principal.apiKeyId === apiKeyId);

export const OperationNotFound = defineError({
  kind: 'not-found',
  code: 'OPERATION_NOT_FOUND',
  title: 'There is no such operation',
  help: 'It may have ended more than a day ago, or belong to somebody else.',
});

export const OperationEnded = defineError({
  kind: 'conflict',
  code: 'OPERATION_ENDED',
  title: 'The operation has come to its end already',
  help: 'Read it again: it says how it ended.',
});

/** What an operation fails with that kept failing for no reason of its owner's. */
export const OperationFailed = defineError({
  kind: 'internal',
  code: 'OPERATION_FAILED',
  title: 'The operation could not be completed',
  help: 'Start it again; if it fails again, ask the operators, and name its id.',
});

export abstract class Operations {
  /**
   * Records it in the caller's transaction: a worker begins it if and only if that transaction commits.
   * @throws ZodError for input that does not fit
   */
  abstract start<Input>(
    operation: OperationDefinition<Input, unknown>,
    principal: Principal,
    input: Input,
  ): Promise<Operation>;

  abstract find(id: string): Promise<Operation | null>;

  /**
   * One that waits is cancelled at once, one that runs as soon as its worker notices. Cancelling twice is no mistake.
   * @throws OperationNotFound, OperationEnded
   */
  abstract cancel(id: string): Promise<Operation>;
}
