import { Global, Module } from '@nestjs/common';
import { StoredAnswers } from '../http/idempotency/stored-answers.js';
import { Cursors } from '../http/input/cursors.js';
import { ErrorsController } from '../http/problems/errors.controller.js';
import { RateLimiter } from '../http/rate-limit/rate-limiter.js';
import { RateLimits } from '../http/rate-limit/rate-limits.js';
import { WindowCounters } from '../http/rate-limit/window-counters.js';
import { ReceivedWebhooks } from '../http/webhooks/received-webhooks.js';
import { Admission } from './admission.js';

@Global()
@Module({
  controllers: [ErrorsController],
  providers: [Admission, Cursors, RateLimiter, RateLimits, StoredAnswers, ReceivedWebhooks, WindowCounters],
  exports: [Admission, Cursors, RateLimits, StoredAnswers, ReceivedWebhooks],
})
export class HttpModule {}
