import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';

/** One that comes again while the first is at work waits for its end: if that fails, this one is the first. */
const ADD: Statement = {
  name: 'received-webhooks.add',
  text: 'INSERT INTO received_webhooks (source, id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id',
};

/** Which webhooks of others were taken. Kept for longer than anybody sends one again (jobs/retention). */
@Injectable()
export class ReceivedWebhooks {
  constructor(private readonly database: Database) {}

  /** False when it was seen before. Belongs into the transaction of the effect. */
  async add(source: string, id: string): Promise<boolean> {
    const added = await this.database.query(ADD, [source, id]);
    return added.length > 0;
  }
}
