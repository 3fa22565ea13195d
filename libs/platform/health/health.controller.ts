import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { NotRateLimited } from '../http/rate-limit/rate-limited.decorator.js';
import { Public } from '../http/routes/access.decorators.js';
import { HealthReports, liveness, type Report, readiness, startup } from './health-reports.js';

const ASK_AGAIN_AFTER_SECONDS = '1';

/** For orchestrators and load balancers: no envelope, and 503 with the same body as 200. */
@Controller('health')
export class HealthController {
  constructor(private readonly reports: HealthReports) {}

  @Get('live')
  @ApiOperation({ summary: 'Check that the process is alive' })
  @Public()
  @NotRateLimited()
  @Header('cache-control', 'no-store')
  @ApiResponse({ status: 200, description: 'It is.', standardSchema: liveness })
  live(): Report {
    return this.reports.live();
  }

  @Get('ready')
  @ApiOperation({
    summary: 'Check whether it can serve requests',
    description: 'Asks Postgres and Redis. `degraded` still takes requests.',
  })
  @Public()
  @NotRateLimited()
  @Header('cache-control', 'no-store')
  @ApiResponse({ status: 200, description: 'It can.', standardSchema: readiness })
  @ApiResponse({ status: 503, description: 'It cannot: see the check that is down.', standardSchema: readiness })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Report> {
    return withStatus(reply, await this.reports.ready());
  }

  @Get('startup')
  @ApiOperation({ summary: 'Check whether it has come up', description: 'It has when all migrations are applied.' })
  @Public()
  @NotRateLimited()
  @Header('cache-control', 'no-store')
  @ApiResponse({ status: 200, description: 'It has.', standardSchema: startup })
  @ApiResponse({ status: 503, description: 'Not yet: see the check that is down.', standardSchema: startup })
  async startup(@Res({ passthrough: true }) reply: FastifyReply): Promise<Report> {
    return withStatus(reply, await this.reports.started());
  }
}

function withStatus(reply: FastifyReply, report: Report): Report {
  if (report.status !== 'ok' && report.status !== 'degraded')
    void reply.code(503).header('retry-after', ASK_AGAIN_AFTER_SECONDS);
  return report;
}
