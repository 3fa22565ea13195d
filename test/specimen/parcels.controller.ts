import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { timestamp } from '#platform/http/answers/timestamp.js';
import { Deprecated } from '#platform/http/deprecation/deprecated.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { Idempotent } from '#platform/http/idempotency/idempotent.decorator.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { IfMatch } from '#platform/http/input/if-match.decorator.js';
import { pageQuery } from '#platform/http/input/page-query.js';
import { pathId } from '#platform/http/input/path-id.js';
import { RequirePermission } from '#platform/http/routes/access.decorators.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { PARCEL_STATUSES, type Parcel, ParcelChanged, ParcelNotFound, readParcels, sendParcels } from './parcel.js';
import { Parcels } from './parcels.js';

const contents = z.array(z.strictObject({ what: z.string().trim().min(1).max(100), count: z.int().min(1) })).min(1);
const body = z.strictObject({ contents });
const params = z.strictObject({ id: pathId });
const query = z.strictObject({ ...pageQuery, status: z.enum(PARCEL_STATUSES).optional() });
const response = z.object({
  id: z.uuid(),
  contents,
  status: z.enum(PARCEL_STATUSES),
  sentAt: timestamp,
});

const etag = ({ version }: Parcel): string => String(version);
const location = ({ id }: Parcel): string => `/v1/parcels/${id}`;

@Controller({ path: 'parcels', version: '1' })
export class ParcelsController {
  constructor(private readonly parcels: Parcels) {}

  @Post()
  @RequirePermission(sendParcels)
  @Idempotent()
  @Returns(201, response, { location, etag })
  send(@Body({ schema: body }) parcel: z.infer<typeof body>, @CurrentPrincipal() principal: Principal) {
    return this.parcels.send(principal.id, parcel.contents);
  }

  @Get()
  @RequirePermission(readParcels)
  @Returns(200, response, { page: true })
  list(
    @Query({ schema: query }) { limit, cursor, status }: z.infer<typeof query>,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.parcels.list(principal.id, status ?? null, { limit, after: cursor ?? null });
  }

  @Get(':id')
  @RequirePermission(readParcels)
  @Returns(200, response, { etag })
  @Throws(ParcelNotFound)
  get(@Param({ schema: params }) { id }: z.infer<typeof params>, @CurrentPrincipal() principal: Principal) {
    return this.parcels.get(principal.id, id);
  }

  @Get(':id/contents')
  @RequirePermission(readParcels)
  @Deprecated({ since: '2020-03-01', sunset: '2020-09-30', successor: '/v1/parcels/:id' })
  @Returns(200, contents)
  @Throws(ParcelNotFound)
  async contents(@Param({ schema: params }) { id }: z.infer<typeof params>, @CurrentPrincipal() principal: Principal) {
    return (await this.parcels.get(principal.id, id)).contents;
  }

  @Post(':id/cancel')
  @RequirePermission(sendParcels)
  @Returns(200, response, { etag })
  @Throws(ParcelNotFound, ParcelChanged)
  cancel(
    @Param({ schema: params }) { id }: z.infer<typeof params>,
    @IfMatch() versions: readonly string[] | null,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.parcels.cancel(principal.id, id, versions);
  }
}
