import { Global, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { OpenApiTag } from '../http/routes/tag.decorator.js';
import { Shutdown } from '../kernel/shutdown.js';
import { HealthController } from './health.controller.js';
import { HealthReports } from './health-reports.js';
import { Migrations } from './migrations.js';
import { Probes } from './probes.js';

/** The probes of both apps, and the word that the process is going to stop. */
@Global()
@OpenApiTag({
  name: 'Health',
  description: 'For orchestrators and load balancers: no envelope, and 503 with the same body as 200.',
})
@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [HealthReports, Probes, Migrations, Shutdown],
  exports: [Shutdown],
})
export class HealthModule {}
