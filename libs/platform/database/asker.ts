import { currentJob } from '../logging/log-context.js';
import { currentRequest } from '../request/current-request.js';

const NOBODY_IN_PARTICULAR = 'background';

/** For whom something is done: one value for each route, one for each kind of job, and one for everything else. */
export const asker = (): unknown => currentRequest()?.routeConfig ?? currentJob() ?? NOBODY_IN_PARTICULAR;
