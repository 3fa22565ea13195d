import { readdirSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../database/database.js';
import { migrationsFolder } from '../database/migrations-folder.js';

const UNDEFINED_TABLE = '42P01';
const APPLIED: Statement = {
  name: 'health.applied-migrations',
  text: 'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
};

/** The migrations this build was made for, against those the database has. */
@Injectable()
export class Migrations {
  private readonly required = migrationsOfThisBuild();
  private isAtHead = false;

  constructor(private readonly database: Database) {}

  /** Names of those still to be applied. Once there are none the answer stays: migrations go forward only. */
  async pending(): Promise<readonly string[]> {
    if (this.isAtHead) return [];

    const applied = await this.applied();
    const pending = this.required.filter((name) => !applied.has(name));
    this.isAtHead = pending.length === 0;
    return pending;
  }

  private async applied(): Promise<ReadonlySet<string>> {
    try {
      return new Set((await this.database.query<{ name: string }>(APPLIED)).map(({ name }) => name));
    } catch (error) {
      // Nobody has migrated this database yet.
      if ((error as { code?: string }).code === UNDEFINED_TABLE) return new Set();
      throw error;
    }
  }
}

function migrationsOfThisBuild(): readonly string[] {
  const entries = readdirSync(migrationsFolder(), { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  if (names.length === 0) throw new Error('prisma/migrations holds no migration: this build is not complete.');
  return names.sort();
}
