import { Injectable, Logger } from '@nestjs/common';
import type { EvaluationContext, JsonValue, Provider, ResolutionDetails } from '@openfeature/server-sdk';
import { Database, type Statement } from '#platform/database/database.js';
import type { FlagValue } from '#platform/kernel/flags.js';
import { Loop } from '#platform/kernel/loop.js';
import type { FlagSettings } from '../domain/flag-settings.js';
import { valueFor } from './evaluation/value-for.js';
import { FlagNews } from './flag-news.js';
import { storedSettings } from './stored-settings.js';

/** Every process shall act on a change within a second, also when Redis lost the message. The other half is for a slow Postgres. */
const INTERVAL_MS = 500;

const READ: Statement = { name: 'flags.read', text: 'SELECT name, settings, version FROM flags ORDER BY name' };

type Row = Readonly<{ name: string; settings: unknown; version: number }>;

/** All that was said of flags, held in memory. While Postgres is away, what was read last holds; before the first reading, the defaults. */
@Injectable()
export class PostgresFlagProvider implements Provider {
  readonly metadata = { name: 'postgres' };
  readonly runsOn = 'server';
  private settings: ReadonlyMap<string, FlagSettings> = new Map();
  private versions = '';
  private readonly logger = new Logger(PostgresFlagProvider.name);
  private readonly reading = new Loop({
    name: 'Reading flags',
    work: () => this.read(),
    restMs: INTERVAL_MS,
    longestPauseMs: INTERVAL_MS,
    logger: this.logger,
  });

  constructor(
    private readonly database: Database,
    private readonly news: FlagNews,
  ) {}

  /** Resolves after the first reading, also when that failed. */
  async initialize(): Promise<void> {
    this.news.hear(() => this.reading.wake());
    await this.reading.start();
  }

  onClose(): Promise<void> {
    return this.reading.stop();
  }

  async resolveBooleanEvaluation(flag: string, byDefault: boolean, context: EvaluationContext) {
    return this.resolve(flag, byDefault, context);
  }

  async resolveStringEvaluation(flag: string, byDefault: string, context: EvaluationContext) {
    return this.resolve(flag, byDefault, context);
  }

  async resolveNumberEvaluation(_flag: string, byDefault: number): Promise<ResolutionDetails<number>> {
    return { value: byDefault };
  }

  async resolveObjectEvaluation<T extends JsonValue>(_flag: string, byDefault: T): Promise<ResolutionDetails<T>> {
    return { value: byDefault };
  }

  private resolve<Value extends FlagValue>(
    flag: string,
    byDefault: Value,
    { targetingKey: userId, roles, environment }: EvaluationContext,
  ): ResolutionDetails<Value> {
    const settings = this.settings.get(flag);
    if (!settings) return { value: byDefault, reason: 'DEFAULT' };

    const value = valueFor(flag, settings, { userId, roles: roles as string[], environment: environment as string });
    return value === undefined
      ? { value: byDefault, reason: 'DEFAULT' }
      : { value: value as Value, reason: 'TARGETING_MATCH' };
  }

  private async read(): Promise<void> {
    const rows = await this.database.query<Row>(READ);
    const versions = rows.map(({ name, version }) => `${name}:${version}`).join();
    if (versions === this.versions) return;

    this.settings = new Map(rows.flatMap((row) => this.settingsIn(row)));
    this.versions = versions;
  }

  /** One row that is not understood takes no other flag with it. */
  private settingsIn({ name, settings }: Row): [string, FlagSettings][] {
    const { success, data, error } = storedSettings.safeParse(settings);
    if (success) return [[name, data]];
    this.logger.warn(`What was said of the flag ${name} is not understood: ${error.message}`);
    return [];
  }
}
