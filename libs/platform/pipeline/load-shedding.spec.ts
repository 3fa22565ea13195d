import { Controller, Get } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { NotRateLimited } from '../http/rate-limit/rate-limited.decorator.js';
import { Public } from '../http/routes/access.decorators.js';
import { httpApp } from '../testing/http-app.js';
import { aPrincipal } from '../testing/principal.factory.js';

@Controller()
class DoorsController {
  @Get('door')
  @Public()
  door() {
    return {};
  }

  @Get('probe')
  @Public()
  @NotRateLimited()
  probe() {
    return {};
  }
}

/** As a process does that has more to compute than it can. */
function holdTheLoop(): void {
  const end = performance.now() + 300;
  while (performance.now() < end);
}

describe('a process whose event loop is late', () => {
  it('refuses requests with a problem that says when to come back, and answers its probes', async () => {
    const app = await httpApp({ controllers: [DoorsController] }, aPrincipal(), { EVENT_LOOP_DELAY_LIMIT: '20' });

    await eventually(async () => {
      holdTheLoop();
      const { statusCode, headers, body } = await app.inject('/door');
      expect([statusCode, JSON.parse(body).code, headers['retry-after']]).toEqual([
        503,
        'SERVICE_UNAVAILABLE',
        expect.any(String),
      ]);
    });
    expect((await app.inject('/probe')).statusCode).toBe(200);
    await app.close();
  });
});
