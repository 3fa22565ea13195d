import { AccessChanges } from '#platform/kernel/access/access-changes.js';
import { Clock } from '#platform/kernel/clock.js';
import { ImmediateAccessChanges } from '#platform/testing/doubles/immediate-access-changes.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { httpApp } from '#platform/testing/http-app.js';
import { ApiKeysApiModule } from '../api-keys.module.js';
import { ApiKeysRepository } from '../application/api-keys.repository.js';
import { aKeyMaker, NOW } from './api-key.factory.js';
import { InMemoryApiKeysRepository } from './in-memory-api-keys.repository.js';

/** The feature behind the real pipeline, called by somebody who may make keys. */
export async function apiKeysApp(maker = aKeyMaker('tests:read')) {
  const apiKeys = new InMemoryApiKeysRepository();
  const app = await httpApp(
    {
      imports: [ApiKeysApiModule],
      providers: [
        { provide: ApiKeysRepository, useValue: apiKeys },
        { provide: AccessChanges, useClass: ImmediateAccessChanges },
        { provide: Clock, useValue: new StoppedClock(NOW) },
      ],
    },
    maker,
  );
  return { app, apiKeys, maker };
}
