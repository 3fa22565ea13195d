import { Injectable } from '@nestjs/common';
import { Audit } from '#platform/kernel/audit.js';
import { Jobs } from '#platform/kernel/jobs/jobs.js';
import { Transaction } from '#platform/kernel/transaction.js';
import { newId } from '#platform/kernel/values/ids.js';
import type { Page, PageRequest } from '#platform/kernel/values/page.js';
import { deliverParcel, sendParcelNotice } from './parcel.jobs.js';
import { type Parcel, ParcelChanged, ParcelNotFound } from './parcel.js';
import { ParcelsRepository } from './parcels.repository.js';

/** All use cases in one class: what is proven here is the platform, not the shape of a feature. */
@Injectable()
export class Parcels {
  constructor(
    private readonly parcels: ParcelsRepository,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly transaction: Transaction,
  ) {}

  send(senderId: string, contents: Parcel['contents']): Promise<Parcel> {
    const id = newId();
    return this.transaction.run(async () => {
      const parcel = await this.parcels.add(id, senderId, contents);
      await this.jobs.enqueue(deliverParcel, { parcelId: id });
      await this.jobs.enqueue(sendParcelNotice, { parcelId: id });
      await this.audit.record({ type: 'parcel.sent', subjectId: id });
      return parcel;
    });
  }

  list(senderId: string, status: Parcel['status'] | null, page: PageRequest<string>): Promise<Page<Parcel>> {
    return this.parcels.list(senderId, status, page);
  }

  async get(senderId: string, id: string): Promise<Parcel> {
    return requireOwn(await this.parcels.find(id), senderId);
  }

  cancel(senderId: string, id: string, versions: readonly string[] | null): Promise<Parcel> {
    return this.transaction.run(async () => {
      const parcel = requireOwn(await this.parcels.lock(id), senderId);
      if (versions && !versions.includes(String(parcel.version))) throw new ParcelChanged();
      return requireOwn(await this.parcels.change(id, 'cancelled'), senderId);
    });
  }
}

function requireOwn(parcel: Parcel | undefined, senderId: string): Parcel {
  if (parcel?.senderId !== senderId) throw new ParcelNotFound();
  return parcel;
}
