import { Module } from '@nestjs/common';
import { AccountsWorkerModule } from '#features/accounts/accounts.module.js';
import { CountParcelsHandler, DeliverParcelHandler, SendParcelNoticeHandler } from './parcel.handlers.js';
import { ParcelsController } from './parcels.controller.js';
import { Parcels } from './parcels.js';
import { ParcelsRepository } from './parcels.repository.js';

@Module({ controllers: [ParcelsController], providers: [Parcels, ParcelsRepository] })
export class ParcelsApiModule {}

@Module({
  imports: [AccountsWorkerModule],
  providers: [DeliverParcelHandler, SendParcelNoticeHandler, CountParcelsHandler, ParcelsRepository],
})
export class ParcelsWorkerModule {}
