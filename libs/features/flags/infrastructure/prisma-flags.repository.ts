import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database/database.js';
import { FlagsRepository, type StoredFlag } from '../application/flags.repository.js';
import type { FlagSettings } from '../domain/flag-settings.js';
import { FlagNews } from './flag-news.js';
import { storedSettings } from './stored-settings.js';

type Row = Readonly<{ name: string; settings: unknown; updatedAt: Date }>;

@Injectable()
export class PrismaFlagsRepository implements FlagsRepository {
  constructor(
    private readonly database: Database,
    private readonly news: FlagNews,
  ) {}

  async list(): Promise<readonly StoredFlag[]> {
    const rows = await this.database.client.flag.findMany({ orderBy: { name: 'asc' } });
    return rows.map(toStored);
  }

  async set(name: string, settings: FlagSettings): Promise<StoredFlag> {
    const data = { settings: settings as object, updatedAt: new Date() };
    const row = await this.database.client.flag.upsert({
      where: { name },
      create: { name, ...data },
      update: { ...data, version: { increment: 1 } },
    });
    this.database.afterCommit(() => this.news.tell());
    return toStored(row);
  }
}

const toStored = ({ name, settings, updatedAt }: Row): StoredFlag => ({
  name,
  settings: storedSettings.parse(settings),
  updatedAt,
});
