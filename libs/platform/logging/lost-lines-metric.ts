import { Injectable } from '@nestjs/common';
import { metrics } from '@opentelemetry/api';
import { lostLogLines } from './logger.js';

/** A log cannot tell that nobody reads it. Made with the application, when telemetry has started. */
@Injectable()
export class LostLinesMetric {
  constructor() {
    const counter = metrics
      .getMeter('logging')
      .createObservableCounter('log.lines.dropped', { description: 'Log lines dropped because nobody read them.' });
    counter.addCallback((result) => result.observe(lostLogLines()));
  }
}
