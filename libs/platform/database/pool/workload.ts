import { AsyncLocalStorage } from 'node:async_hooks';

/** Whatever competes for connections as one: a route, a kind of job. There are few of them. */
export type Workload = object | string;

const BACKGROUND: Workload = 'background';
const active = new AsyncLocalStorage<Workload>();

/** Connections that `work` takes are counted for this workload. The code that starts work says so: the pool knows neither routes nor jobs. */
export const inWorkload = <T>(workload: Workload, work: () => T): T => active.run(workload, work);

/** What nobody has named is one workload of its own. */
export const currentWorkload = (): Workload => active.getStore() ?? BACKGROUND;
