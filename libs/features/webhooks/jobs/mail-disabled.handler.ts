import { Injectable } from '@nestjs/common';
import { FindRecipient } from '#features/accounts/index.js';
import type { JobContext, JobHandler } from '#platform/kernel/jobs/jobs.js';
import { EndpointsRepository } from '../application/endpoints.repository.js';
import { type EndpointDisabled, mailDisabled } from '../application/webhook.jobs.js';
import { WebhookMailer } from '../application/webhook-mailer.js';

@Injectable()
export class MailDisabledHandler implements JobHandler<EndpointDisabled> {
  readonly job = mailDisabled;

  constructor(
    private readonly endpoints: EndpointsRepository,
    private readonly findRecipient: FindRecipient,
    private readonly mailer: WebhookMailer,
  ) {}

  async handle({ endpointId, reason }: EndpointDisabled, { id }: JobContext): Promise<void> {
    const endpoint = await this.endpoints.findById(endpointId);
    // Deleted, or enabled again, while the job waited: the mail would be about nothing.
    if (endpoint === null || endpoint.disabledBecause !== reason) return;

    const recipient = await this.findRecipient.execute(endpoint.userId);
    if (recipient !== null) await this.mailer.sendDisabled(recipient, endpoint, reason, id);
  }
}
