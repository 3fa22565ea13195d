import { Injectable } from '@nestjs/common';
import { FindRecipient } from '#features/accounts/index.js';
import type { JobContext, JobHandler } from '#platform/kernel/jobs/jobs.js';
import { Mailer } from '#platform/mail/mailer.js';
import { countParcels, deliverParcel, type ParcelJobPayload, sendParcelNotice } from './parcel.jobs.js';
import { ParcelNotFound } from './parcel.js';
import { ParcelsRepository } from './parcels.repository.js';

@Injectable()
export class DeliverParcelHandler implements JobHandler<ParcelJobPayload> {
  readonly job = deliverParcel;

  constructor(private readonly parcels: ParcelsRepository) {}

  async handle({ parcelId }: ParcelJobPayload): Promise<void> {
    const parcel = await this.parcels.lock(parcelId);
    if (!parcel) throw new ParcelNotFound();
    if (parcel.status === 'sent') await this.parcels.change(parcelId, 'delivered');
  }
}

@Injectable()
export class SendParcelNoticeHandler implements JobHandler<ParcelJobPayload> {
  readonly job = sendParcelNotice;

  constructor(
    private readonly parcels: ParcelsRepository,
    private readonly findRecipient: FindRecipient,
    private readonly mailer: Mailer,
  ) {}

  async handle({ parcelId }: ParcelJobPayload, { id: messageId }: JobContext): Promise<void> {
    const parcel = await this.parcels.find(parcelId);
    const recipient = parcel && (await this.findRecipient.execute(parcel.senderId));
    if (!recipient) return;

    const text = `Your parcel ${parcelId} is on its way.`;
    await this.mailer.send({ to: recipient.email, messageId, subject: 'Your parcel', text, html: `<p>${text}</p>` });
  }
}

@Injectable()
export class CountParcelsHandler implements JobHandler<object> {
  readonly job = countParcels;

  constructor(private readonly parcels: ParcelsRepository) {}

  async handle(_payload: object, { id }: JobContext): Promise<void> {
    await this.parcels.count(id);
  }
}
