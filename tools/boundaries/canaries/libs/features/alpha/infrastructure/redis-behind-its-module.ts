import { Queue } from 'bullmq';

export const canary = Queue;
