import { Readable } from 'node:stream';
import { Controller, Get, Header, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { Throws } from '../http/errors/throws.decorator.js';
import { Public } from '../http/routes/access.decorators.js';
import { FileNotFound } from '../kernel/storage.js';
import { attachment } from './attachment.js';
import { DownloadLinkInvalid, DownloadLinks } from './download-links.js';
import { LocalStorage } from './local-storage.js';

const query = z.strictObject({
  token: z
    .string()
    .max(2_000)
    .regex(/^[\w-]+\.[\w-]+$/)
    .meta({ description: 'Of a link that this service gave.' }),
});

/** The links of the local folder. An object store answers its links itself. */
@Controller({ path: 'downloads', version: '1' })
export class DownloadsController {
  constructor(
    private readonly links: DownloadLinks,
    private readonly storage: LocalStorage,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Download a file',
    description: 'Takes the link that an operation gave out, without another credential.',
  })
  @Public()
  // Whoever has the link may show it, such as an image in a page of another origin.
  @Header('cross-origin-resource-policy', 'cross-origin')
  @Throws(DownloadLinkInvalid, FileNotFound)
  @ApiResponse({
    status: 200,
    description: 'The file.',
    content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
  })
  async download(@Query({ schema: query }) { token }: z.infer<typeof query>): Promise<StreamableFile> {
    const { key, name, contentType, size } = this.links.open(token);
    return new StreamableFile(Readable.from(await this.storage.read(key)), {
      type: contentType,
      disposition: attachment(name),
      length: size,
    });
  }
}
