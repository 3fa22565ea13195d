import { Injectable } from '@nestjs/common';
import { type JobHandler, Jobs } from '#platform/kernel/jobs/jobs.js';
import { SweepUploads } from '../application/sweep-uploads.js';
import { sweepUploads } from '../application/upload.jobs.js';

@Injectable()
export class SweepUploadsHandler implements JobHandler<object> {
  readonly job = sweepUploads;

  constructor(
    private readonly sweep: SweepUploads,
    private readonly jobs: Jobs,
  ) {}

  async handle(): Promise<void> {
    if (await this.sweep.execute()) await this.jobs.enqueue(sweepUploads, {});
  }
}
