import { Global, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { Shutdown } from '../kernel/shutdown.js';
import { HealthController } from './health.controller.js';
import { HealthReports } from './health-reports.js';
import { Migrations } from './migrations.js';
import { Probes } from './probes.js';

/** The probes of both apps, and the word that the process is going to stop. */
@Global()
@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [HealthReports, Probes, Migrations, Shutdown],
  exports: [Shutdown],
})
export class HealthModule {}
