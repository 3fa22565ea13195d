import { Controller, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Returns } from '../http/answers/returns.decorator.js';
import { AcceptsFile, readFileForm } from '../http/body/file-forms.js';
import { MalformedRequest } from '../http/errors/http.errors.js';
import { Throws } from '../http/errors/throws.decorator.js';
import { Public } from '../http/routes/access.decorators.js';
import { FileChecksumMismatch, FileSizeMismatch } from './expected-content.js';
import { FileForm } from './file-form.js';
import { LocalStorage } from './local-storage.js';
import { UploadFormInvalid, UploadForms } from './upload-forms.js';

/** Where the forms of the local folder lead. An object store takes its files itself. */
@Controller({ path: 'files', version: '1' })
export class UploadFormsController {
  constructor(
    private readonly forms: UploadForms,
    private readonly storage: LocalStorage,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Send a file',
    description: 'Takes a form that was given out, without another credential, and streams the file to its place.',
  })
  @Public()
  @AcceptsFile()
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: FileForm })
  @Returns(204)
  @Throws(UploadFormInvalid, FileSizeMismatch, FileChecksumMismatch, MalformedRequest)
  async receive(@Req() request: FastifyRequest): Promise<void> {
    const { fields, file } = await readFileForm(request);
    try {
      await this.storage.receive(this.forms.open(fields), file);
    } finally {
      file.destroy();
    }
  }
}
