import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { NotRateLimited } from '../http/rate-limit/rate-limited.decorator.js';
import { Public } from '../http/routes/access.decorators.js';
import { HealthReports, liveness, type Report, readiness, startup } from './health-reports.js';

const ASK_AGAIN_AFTER_SECONDS = '1';

/** For orchestrators and load balancers: no envelope, and 503 with the same body as 200. */
@ApiTags('System')
@Controller('health')
export class HealthController {
  constructor(private readonly reports: HealthReports) {}

  @Get('live')
  @Public()
  @NotRateLimited()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Is the process alive?' })
  @ApiResponse({ status: 200, description: 'It is.', standardSchema: liveness })
  live(): Report {
    return this.reports.live();
  }

  @Get('ready')
  @Public()
  @NotRateLimited()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Can it serve requests now?' })
  @ApiResponse({ status: 200, description: 'It can.', standardSchema: readiness })
  @ApiResponse({ status: 503, description: 'It cannot: see the check that is down.', standardSchema: readiness })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Report> {
    return withStatus(reply, await this.reports.ready());
  }

  @Get('startup')
  @Public()
  @NotRateLimited()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Has it come up, with all migrations applied?' })
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
