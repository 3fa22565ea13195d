import { describe, expect, it } from 'vitest';
import { type Operation, Operations } from '#platform/kernel/operations/operations.js';
import { Shutdown } from '#platform/kernel/shutdown.js';
import { Storage } from '#platform/kernel/storage.js';
import { OperationViews } from '#platform/operations/operation-views.js';
import { anOperation, InMemoryOperations } from '#platform/testing/doubles/in-memory-operations.js';
import { InMemoryStorage, LINK_BASE } from '#platform/testing/doubles/in-memory-storage.js';
import { httpApp } from '#platform/testing/http-app.js';
import { OperationsApiModule } from '../operations.module.js';
import { aUser } from '../testing/principals.js';

async function setup(overrides: Partial<Operation> = {}) {
  const owner = aUser();
  const operation = anOperation({ ownerId: owner.id, ...overrides });
  const app = await httpApp(
    {
      imports: [OperationsApiModule],
      providers: [
        { provide: Operations, useValue: new InMemoryOperations(operation) },
        { provide: Storage, useClass: InMemoryStorage },
        { provide: Shutdown, useValue: new Shutdown() },
        OperationViews,
      ],
    },
    owner,
  );
  return { app, operation, url: `/v1/operations/${operation.id}` };
}

const FILE = { key: 'operations/7/orders.csv', name: 'orders.csv', contentType: 'text/csv', size: 12 };

describe('GET /v1/operations/:id', () => {
  it('says how far it is, and when to ask again', async () => {
    const { app, url, operation } = await setup();

    const response = await app.inject(url);

    expect(response.json().data).toMatchObject({ id: operation.id, status: 'running', percent: 10, result: null });
    expect(response.headers['retry-after']).toBe('2');
    expect(response.body).not.toContain('ownerId');
  });

  it('gives a link to the file of one that succeeded, and asks nobody to come again', async () => {
    const { app, url } = await setup({ status: 'succeeded', percent: 100, result: { file: FILE, orders: 3 } });

    const response = await app.inject(url);

    expect(response.json().data.result).toEqual({
      url: `${LINK_BASE}/${FILE.key}`,
      expiresAt: expect.any(String),
      size: 12,
      orders: 3,
    });
    expect(response.headers['retry-after']).toBeUndefined();
  });

  it('tells of one that has ended in one event, when asked for events', async () => {
    const { app, url } = await setup({ status: 'failed', problem: { code: 'X', title: 'No', detail: 'No.' } });

    const response = await app.inject({ url, headers: { accept: 'text/event-stream' } });

    expect(response.headers['content-type']).toBe('text/event-stream');
    expect(response.body).toMatch(/^event: operation\ndata: \{.*"status":"failed".*\}\n\n$/);
  });

  it('answers 404 to one that is not there, and 422 to what is no id', async () => {
    const { app } = await setup();

    expect((await app.inject(`/v1/operations/${anOperation().id}`)).json()).toMatchObject({
      code: 'OPERATION_NOT_FOUND',
    });
    expect((await app.inject('/v1/operations/nonsense')).statusCode).toBe(422);
  });
});

describe('POST /v1/operations/:id/cancel', () => {
  it('answers 202 with what became of it', async () => {
    const { app, url } = await setup();

    const response = await app.inject({ method: 'POST', url: `${url}/cancel` });

    expect([response.statusCode, response.json().data.status]).toEqual([202, 'cancelled']);
    expect(response.headers.location).toBe(url);
  });
});
