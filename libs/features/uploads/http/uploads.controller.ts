import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { RequirePermission } from '#platform/http/routes/access.decorators.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { ConfirmUpload } from '../application/confirm-upload.js';
import { DeleteUpload } from '../application/delete-upload.js';
import { FindUpload } from '../application/find-upload.js';
import { PresignUpload } from '../application/presign-upload.js';
import { createUploads, deleteUploads, readUploads } from '../application/upload.permissions.js';
import { UploadViews } from '../application/upload-views.js';
import {
  UploadNameNotAllowed,
  UploadNotFound,
  UploadNotReceived,
  UploadQuotaExceeded,
  UploadSizeMismatch,
  UploadTooLarge,
  UploadTypeMismatch,
  UploadTypeNotAllowed,
} from '../domain/upload.errors.js';
import {
  type ConfirmBody,
  confirmBody,
  type PresignBody,
  presignBody,
  presignedResponse,
  type UploadParams,
  uploadParams,
  uploadResponse,
} from './upload.schemas.js';

const location = ({ id }: { id: string }): string => `/v1/uploads/${id}`;

@Controller({ path: 'uploads', version: '1' })
export class UploadsController {
  constructor(
    private readonly presignUpload: PresignUpload,
    private readonly confirmUpload: ConfirmUpload,
    private readonly findUpload: FindUpload,
    private readonly deleteUpload: DeleteUpload,
    private readonly views: UploadViews,
  ) {}

  @Post('presigned')
  @ApiOperation({
    summary: 'Get a form for a file',
    description: 'The file goes to `url` as multipart/form-data: all `fields`, then the file. Then it is confirmed.',
  })
  @RequirePermission(createUploads)
  @Returns(201, presignedResponse, { location })
  @Throws(UploadTypeNotAllowed, UploadTooLarge, UploadNameNotAllowed, UploadQuotaExceeded)
  presign(@Body({ schema: presignBody }) body: PresignBody, @CurrentPrincipal() principal: Principal) {
    return this.presignUpload.execute(principal, body);
  }

  @Post('confirm')
  @ApiOperation({
    summary: 'Say that the file is there',
    description: 'The worker looks at it; ask for the upload until it is `ready` or `rejected`.',
  })
  @RequirePermission(createUploads)
  @Returns(202, uploadResponse, { location })
  @Throws(UploadNotFound, UploadNotReceived, UploadSizeMismatch, UploadTypeMismatch)
  async confirm(@Body({ schema: confirmBody }) { id }: ConfirmBody, @CurrentPrincipal() principal: Principal) {
    return this.views.of(await this.confirmUpload.execute(principal, id));
  }

  @Get(':id')
  @ApiOperation({ summary: 'Get an upload', description: 'With a new link to the file, once it is ready.' })
  @RequirePermission(readUploads)
  @Returns(200, uploadResponse)
  @Throws(UploadNotFound)
  async get(@Param({ schema: uploadParams }) { id }: UploadParams, @CurrentPrincipal() principal: Principal) {
    return this.views.of(await this.findUpload.execute(principal, id));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Delete an upload', description: 'Its file is removed a day later.' })
  @RequirePermission(deleteUploads)
  @Returns(204)
  @Throws(UploadNotFound)
  delete(@Param({ schema: uploadParams }) { id }: UploadParams, @CurrentPrincipal() principal: Principal) {
    return this.deleteUpload.execute(principal, id);
  }
}
