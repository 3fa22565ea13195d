import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { Throws } from '#platform/http/errors/throws.decorator.js';
import { RequirePermission } from '#platform/http/routes/access.decorators.js';
import { readFlags, writeFlags } from '../application/flag.permissions.js';
import { ListFlags } from '../application/list-flags.js';
import { SetFlag } from '../application/set-flag.js';
import { FlagUnknown, FlagValueUnknown } from '../domain/flag.errors.js';
import {
  type FlagParams,
  flagParams,
  flagResponse,
  type SetFlagBody,
  setFlagBody,
  toResponse,
} from './flag.schemas.js';

@Controller({ path: 'admin/flags', version: '1' })
export class FlagsController {
  constructor(
    private readonly listFlags: ListFlags,
    private readonly setFlag: SetFlag,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List flags', description: 'All that the code declares, and what was said of them.' })
  @RequirePermission(readFlags)
  @Returns(200, z.array(flagResponse))
  async list() {
    return (await this.listFlags.execute()).map(toResponse);
  }

  @Put(':name')
  @ApiOperation({
    summary: 'Switch a flag',
    description: 'Replaces all that was said of it before; every process acts on it within a second.',
  })
  @RequirePermission(writeFlags)
  @Returns(200, flagResponse)
  @Throws(FlagUnknown, FlagValueUnknown)
  async set(@Param({ schema: flagParams }) { name }: FlagParams, @Body({ schema: setFlagBody }) body: SetFlagBody) {
    return toResponse(await this.setFlag.execute(name, body));
  }
}
