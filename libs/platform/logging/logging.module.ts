import { Global, Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Log } from './log.js';
import { createLogger } from './logger.js';
import { LostLinesMetric } from './lost-lines-metric.js';

@Global()
@Module({
  providers: [
    LostLinesMetric,
    { provide: Log, inject: [Config], useFactory: (config: Config) => createLogger(config) },
  ],
  exports: [Log],
})
export class LoggingModule {}
