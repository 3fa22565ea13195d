import { Controller, Get } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { Returns } from '#platform/http/answers/returns.decorator.js';
import { CurrentPrincipal } from '#platform/http/input/current-principal.decorator.js';
import { AnyCredential } from '#platform/http/routes/access.decorators.js';
import type { Principal } from '#platform/kernel/access/principal.js';

/** What the caller may do, for clients that show only what will succeed. Answered from memory. */
@Controller({ path: 'me/permissions', version: '1' })
export class MyPermissionsController {
  @Get()
  @ApiOperation({
    summary: 'List my permissions',
    description: 'Of the credential that asks: an API key may have fewer than its user.',
  })
  @AnyCredential()
  @Returns(200, z.array(z.string()).meta({ id: 'PermissionNames', examples: [['orders:place', 'orders:read']] }))
  list(@CurrentPrincipal() { permissions }: Principal): string[] {
    return [...permissions].sort();
  }
}
