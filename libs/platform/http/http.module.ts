import { Global, Module } from '@nestjs/common';
import { Admission } from '../access/admission.js';
import { Cursors } from './cursors.js';
import { ErrorsController } from './errors.controller.js';
import { StoredAnswers } from './idempotency/stored-answers.js';
import { RateLimiter } from './rate-limit/rate-limiter.js';
import { RateLimits } from './rate-limit/rate-limits.js';
import { WindowCounters } from './rate-limit/window-counters.js';

@Global()
@Module({
  controllers: [ErrorsController],
  providers: [Admission, Cursors, RateLimiter, RateLimits, StoredAnswers, WindowCounters],
  exports: [Admission, Cursors, RateLimits, StoredAnswers],
})
export class HttpModule {}
