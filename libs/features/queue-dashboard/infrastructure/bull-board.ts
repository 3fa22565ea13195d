import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { unavailable } from '#platform/kernel/errors/service-unavailable.js';
import { REDIS } from '#platform/redis/redis.js';
import type { Asset, BoardAnswer, QueueBoard } from '../application/queue-board.js';
import { BoardFiles } from './board-files.js';
import { boardPage } from './board-page.js';
import { BoardParts } from './board-parts.js';

type Loaded = Readonly<{ parts: BoardParts; files: BoardFiles; template: string }>;

/** Ids of jobs are those of their rows. BullMQ would look at any other key of the queue, too. */
const JOB_ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

const LINKS = [
  { text: 'Dead letters', url: 'dead-letters' },
  { text: 'Schedules', url: 'schedules' },
  { text: 'Sign out', url: '../../sign-in' },
];

/** Bull Board, and BullMQ with it, are loaded when somebody looks at the queue for the first time. */
@Injectable()
export class BullBoard implements QueueBoard {
  private loading: Promise<Loaded> | undefined;

  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  async page(base: string): Promise<string> {
    const { parts, template } = await this.loaded();
    return boardPage(template, parts.gaps(base));
  }

  async asset(name: string): Promise<Asset | null> {
    const { files } = await this.loaded();
    return files.asset(name);
  }

  async read(path: string, query: Readonly<Record<string, string>>): Promise<BoardAnswer | null> {
    const { parts } = await this.loaded();
    const question = parts.question(path);
    const { jobId } = question?.params ?? {};
    if (question === null || (jobId !== undefined && !JOB_ID.test(jobId))) return null;
    const { queues, uiConfig } = parts;
    const request = { queues, uiConfig, query: { ...query }, params: question.params, body: {}, headers: {} };
    try {
      const { status = 200, body } = await question.handler(request);
      return { status, body };
    } catch (error) {
      throw unavailable('redis', { cause: error });
    }
  }

  private loaded(): Promise<Loaded> {
    this.loading ??= load(this.redis).catch((error: unknown) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }
}

async function load(redis: Redis): Promise<Loaded> {
  const [{ createBullBoard }, { BullMQAdapter }, { JobQueue }, files] = await Promise.all([
    import('@bull-board/api'),
    import('@bull-board/api/bullMQAdapter'),
    import('#platform/jobs/queue/job-queue.js'),
    BoardFiles.find(),
  ]);
  const [parts, queue] = [new BoardParts(), new BullMQAdapter(new JobQueue(redis).bullmq, { readOnlyMode: true })];
  const uiConfig = {
    boardTitle: 'Queue',
    miscLinks: LINKS,
    hideDocsLink: true,
    // Redis' list of clients is for its administrators (deploy/operation.md).
    showWorkers: false,
  };
  createBullBoard({ queues: [queue], serverAdapter: parts, options: { uiConfig, uiBasePath: files.folder } });
  return { parts, files, template: await files.template() };
}
