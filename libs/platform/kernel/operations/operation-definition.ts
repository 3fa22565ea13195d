import type { z } from 'zod';
import { Registry } from '../registry.js';
import type { StoredFile } from '../storage.js';

/** What an operation gives its owner. `file` becomes a link that ends; the rest is shown as it is. */
export type OperationResult = Readonly<{ file?: StoredFile }> & Readonly<Record<string, unknown>>;

export type OperationDefinition<Input, Checkpoint> = Readonly<{
  /** `feature.verb-noun`. Rows carry it: never rename one. */
  kind: string;
  /** Ids and options, not personal data. */
  input: z.ZodType<Input>;
  /** From where another worker goes on. */
  checkpoint: z.ZodType<Checkpoint>;
  /** Runs that come no further than the last checkpoint before it has failed. Default 5. */
  attempts?: number;
  /** Without coming to an end in this time a run has failed. Default 3600. */
  timeoutSeconds?: number;
}>;

// The list holds definitions of every shape.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const registry = new Registry<OperationDefinition<any, any>>('The operation');

/**
 * Names work that takes longer than a request or a transaction may, and fixes what goes in and where it can be taken up again.
 * @throws when two definitions share a kind
 */
export function defineOperation<Input, Checkpoint>(
  operation: OperationDefinition<Input, Checkpoint>,
): OperationDefinition<Input, Checkpoint> {
  return registry.add(operation.kind, operation);
}

/** Every operation defined so far, by kind. */
export function definedOperations() {
  return registry.all;
}

export type OperationContext<Checkpoint> = Readonly<{
  id: string;
  /** Who asked for it. */
  ownerId: string;
  /** For its files in the storage. They are removed with the operation, a day after its end. */
  keyOf(name: string): string;
  /** Of this run alone, and greater than that of every run before: what two runs write apart by it cannot be mixed up. */
  run: number;
  /** Where the last run that ended too early had come to; null at the beginning. */
  checkpoint: Checkpoint | null;
  /** Aborted when the operation is cancelled, takes too long, may have been taken over by another worker, or this one has to stop. */
  signal: AbortSignal;
  /**
   * How far it is, 0 to 100, and from where another worker would go on. @throws when `signal` is aborted
   */
  report(percent: number, checkpoint: Checkpoint): Promise<void>;
}>;

/** Runs outside of any transaction, for as long as it takes, on one worker at a time. */
export interface OperationHandler<Input, Checkpoint, Result extends OperationResult = OperationResult> {
  readonly operation: OperationDefinition<Input, Checkpoint>;

  /** @throws AppError for what no retry will help: the operation has failed with that problem */
  run(input: Input, context: OperationContext<Checkpoint>): Promise<Result>;

  /** What has to happen together with the end, in the transaction that records it. */
  finish?(result: Result, context: Pick<OperationContext<Checkpoint>, 'id' | 'ownerId'>): Promise<void>;
}
