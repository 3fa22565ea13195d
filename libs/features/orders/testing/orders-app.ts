import { Clock } from '#platform/kernel/clock.js';
import { Events } from '#platform/kernel/jobs/events.js';
import { Jobs } from '#platform/kernel/jobs/jobs.js';
import { Operations } from '#platform/kernel/operations/operations.js';
import { Storage } from '#platform/kernel/storage.js';
import { OperationViews } from '#platform/operations/operation-views.js';
import { InMemoryOperations } from '#platform/testing/doubles/in-memory-operations.js';
import { InMemoryStorage } from '#platform/testing/doubles/in-memory-storage.js';
import { RecordedEvents } from '#platform/testing/doubles/recorded-events.js';
import { RecordedJobs } from '#platform/testing/doubles/recorded-jobs.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { httpApp } from '#platform/testing/http-app.js';
import { OrdersRepository } from '../application/orders.repository.js';
import { OrderSearch } from '../application/search/order-search.js';
import { OrdersApiModule } from '../orders.module.js';
import { InMemoryOrderSearch } from './in-memory-order-search.js';
import { InMemoryOrdersRepository } from './in-memory-orders.repository.js';
import { aBuyer, NOW } from './order.factory.js';

/** The feature behind the real pipeline, called by a buyer who may do everything with orders unless told otherwise. */
export async function ordersApp(buyer = aBuyer()) {
  const orders = new InMemoryOrdersRepository();
  const search = new InMemoryOrderSearch();
  const app = await httpApp(
    {
      imports: [OrdersApiModule],
      providers: [
        { provide: OrdersRepository, useValue: orders },
        { provide: OrderSearch, useValue: search },
        { provide: Jobs, useClass: RecordedJobs },
        { provide: Events, useClass: RecordedEvents },
        { provide: Operations, useValue: new InMemoryOperations() },
        { provide: Storage, useClass: InMemoryStorage },
        OperationViews,
        { provide: Clock, useValue: new StoppedClock(NOW) },
      ],
    },
    buyer,
  );
  return { app, buyer, orders, search };
}
