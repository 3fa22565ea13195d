import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentPrincipal } from '../http/current-principal.decorator.js';
import { Returns } from '../http/returns.decorator.js';
import type { Principal } from '../kernel/principal.js';
import { AnyCredential } from './access.decorators.js';

/** What the caller may do, for clients that show only what will succeed. Answered from memory. */
@ApiTags('Me')
@Controller({ path: 'me/permissions', version: '1' })
export class MyPermissionsController {
  @Get()
  @AnyCredential()
  @Returns(200, z.array(z.string()))
  list(@CurrentPrincipal() { permissions }: Principal): string[] {
    return [...permissions].sort();
  }
}
