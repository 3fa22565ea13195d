import { Injectable } from '@nestjs/common';
import { definedFlags, type Flag } from '#platform/kernel/flags.js';
import { FlagsRepository, type StoredFlag } from './flags.repository.js';

/** `stored`: null as long as nobody has said anything of it. */
export type ListedFlag = Readonly<{ flag: Flag; stored: StoredFlag | null }>;

@Injectable()
export class ListFlags {
  constructor(private readonly flags: FlagsRepository) {}

  /** All that the code declares, by name. What was said of those that are gone is not shown. */
  async execute(): Promise<ListedFlag[]> {
    const stored = new Map((await this.flags.list()).map((row) => [row.name, row]));
    return [...definedFlags().values()]
      .sort((a, b) => a.name.localeCompare(b.name))
      .map((flag) => ({ flag, stored: stored.get(flag.name) ?? null }));
  }
}
