import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../database/database.js';
import type { Principal } from '../kernel/access/principal.js';
import type { OperationDefinition } from '../kernel/operations/operation-definition.js';
import {
  isEnded,
  type Operation,
  OperationEnded,
  OperationNotFound,
  type Operations,
} from '../kernel/operations/operations.js';
import { newId } from '../kernel/values/ids.js';
import { currentTraceparent } from '../telemetry/trace-context.js';

/** What idle workers listen to. */
export const OPERATIONS_CHANNEL = 'operations';

const COLUMNS = `id, kind, owner_id AS "ownerId", api_key_id AS "apiKeyId", status, percent, created_at AS "createdAt", updated_at AS "updatedAt", result, problem`;

const START: Statement = {
  name: 'operations.start',
  text: `WITH operation AS (INSERT INTO operations (id, kind, owner_id, api_key_id, input, traceparent) VALUES ($1, $2, $3, $4, $5, $6) RETURNING *)
         SELECT ${COLUMNS}, pg_notify('${OPERATIONS_CHANNEL}', '') FROM operation`,
};
const FIND: Statement = { name: 'operations.find', text: `SELECT ${COLUMNS} FROM operations WHERE id = $1` };
const CANCEL: Statement = {
  name: 'operations.cancel',
  text: `UPDATE operations SET is_cancel_requested = true, updated_at = now(),
           status = CASE status WHEN 'pending' THEN 'cancelled' ELSE status END
         WHERE id = $1 AND status IN ('pending', 'running') RETURNING ${COLUMNS}`,
};

@Injectable()
export class SqlOperations implements Operations {
  constructor(private readonly database: Database) {}

  async start<Input>(
    { kind, input: schema }: OperationDefinition<Input, unknown>,
    { id: ownerId, apiKeyId }: Principal,
    input: Input,
  ): Promise<Operation> {
    const values = [
      newId(),
      kind,
      ownerId,
      apiKeyId ?? null,
      JSON.stringify(schema.parse(input)),
      currentTraceparent(),
    ];
    const [started] = await this.database.query<Operation>(START, values);
    return started as Operation;
  }

  async find(id: string): Promise<Operation | null> {
    const [operation] = await this.database.query<Operation>(FIND, [id]);
    return operation ?? null;
  }

  async cancel(id: string): Promise<Operation> {
    const [cancelled] = await this.database.query<Operation>(CANCEL, [id]);
    if (cancelled) return cancelled;

    const operation = await this.find(id);
    if (!operation) throw new OperationNotFound();
    if (isEnded(operation) && operation.status !== 'cancelled') throw new OperationEnded();
    return operation;
  }
}
