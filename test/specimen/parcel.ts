import { definePermission } from '#platform/kernel/access/permissions.js';
import { defineError } from '#platform/kernel/errors/app-error.js';

export const PARCEL_STATUSES = ['sent', 'delivered', 'cancelled'] as const;

export type Parcel = Readonly<{
  id: string;
  senderId: string;
  contents: readonly Readonly<{ what: string; count: number }>[];
  status: (typeof PARCEL_STATUSES)[number];
  /** Grows by one with every change; the ETag. */
  version: number;
  sentAt: Date;
}>;

export const sendParcels = definePermission('parcels:send', { description: 'Send parcels.', everyone: true });
export const readParcels = definePermission('parcels:read', { description: 'Read own parcels.', everyone: true });

export const ParcelNotFound = defineError({
  kind: 'not-found',
  code: 'PARCEL_NOT_FOUND',
  title: 'There is no such parcel',
  help: 'GET /v1/parcels lists them.',
});

export const ParcelChanged = defineError({
  kind: 'precondition-failed',
  code: 'PARCEL_CHANGED',
  title: 'The parcel has changed',
  help: 'Read it again.',
});
