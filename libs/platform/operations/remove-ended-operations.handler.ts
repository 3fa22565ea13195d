import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Database, type Statement } from '../database/database.js';
import { defineJob, type JobHandler, Jobs } from '../kernel/jobs/jobs.js';
import { everySeconds } from '../kernel/jobs/schedule.js';
import { Storage } from '../kernel/storage.js';
import { folderOf } from './operation-runner.js';

const BATCH = 100;

/** A result is there to be fetched, not to be kept. What nobody took up in that time, no worker knows. */
const REMOVE: Statement = {
  name: 'operations.remove-ended',
  text: `DELETE FROM operations WHERE id = ANY(ARRAY(SELECT id FROM operations WHERE updated_at < now() - interval '1 day'
           AND (leased_until IS NULL OR leased_until < now() - interval '1 day') ORDER BY updated_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED))
         RETURNING id`,
};

const removeEndedOperations = defineJob({
  name: 'platform.remove-ended-operations',
  payload: z.object({}),
  schedule: everySeconds(3_600),
});

/** With their files, which go first: a row that stays is removed by the next run. */
@Injectable()
export class RemoveEndedOperationsHandler implements JobHandler<object> {
  readonly job = removeEndedOperations;

  constructor(
    private readonly database: Database,
    private readonly storage: Storage,
    private readonly jobs: Jobs,
  ) {}

  async handle(): Promise<void> {
    const removed = await this.database.query<{ id: string }>(REMOVE);
    for (const { id } of removed) await this.storage.deleteFolder(folderOf(id));
    if (removed.length === BATCH) await this.jobs.enqueue(removeEndedOperations, {});
  }
}
