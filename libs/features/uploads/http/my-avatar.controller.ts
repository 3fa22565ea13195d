import { Body, Controller, Delete, Get, Put } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { pathId } from '#platform/http/input/path-id.js';
import { RequirePermission } from '#platform/http/routes/access.decorators.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { AvatarsRepository } from '../application/avatar/avatars.repository.js';
import { GetAvatar } from '../application/avatar/get-avatar.js';
import { SetAvatar } from '../application/avatar/set-avatar.js';
import { createUploads, deleteUploads, readUploads } from '../application/upload.permissions.js';
import { AvatarNotFound, AvatarNotUsable, UploadNotFound } from '../domain/upload.errors.js';

const body = z.strictObject({ uploadId: pathId }).meta({ id: 'SetAvatarBody' });

const avatarResponse = z
  .object({
    uploadId: z.uuid(),
    url: z.string().meta({
      examples: ['https://files.example.com/v1/downloads?token=Yq3vK9mB2tX7'],
      description: 'Of an image of 256 pixels at most; it ends after 5 minutes.',
    }),
  })
  .meta({ id: 'Avatar' });

/** An example of what uploads are for. */
@Controller({ path: 'me/avatar', version: '1' })
export class MyAvatarController {
  constructor(
    private readonly getAvatar: GetAvatar,
    private readonly setAvatar: SetAvatar,
    private readonly avatars: AvatarsRepository,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Get my avatar' })
  @RequirePermission(readUploads)
  @Returns(200, avatarResponse)
  @Throws(AvatarNotFound)
  get(@CurrentPrincipal() principal: Principal) {
    return this.getAvatar.execute(principal);
  }

  @Put()
  @ApiOperation({ summary: 'Choose my avatar', description: 'Of the images that I have sent.' })
  @RequirePermission(createUploads)
  @Returns(200, avatarResponse)
  @Throws(UploadNotFound, AvatarNotUsable, AvatarNotFound)
  async set(@Body({ schema: body }) { uploadId }: z.infer<typeof body>, @CurrentPrincipal() principal: Principal) {
    await this.setAvatar.execute(principal, uploadId);
    return this.getAvatar.execute(principal);
  }

  @Delete()
  @ApiOperation({ summary: 'Have no avatar', description: 'The upload stays.' })
  @RequirePermission(deleteUploads)
  @Returns(204)
  remove(@CurrentPrincipal() principal: Principal) {
    return this.avatars.remove(principal.id);
  }
}
