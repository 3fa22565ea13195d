import type { FlagSettings } from '../domain/flag-settings.js';

export type StoredFlag = Readonly<{ name: string; settings: FlagSettings; updatedAt: Date }>;

export abstract class FlagsRepository {
  /** Those of which somebody has said something. */
  abstract list(): Promise<readonly StoredFlag[]>;

  /** Every process acts on it within a second of the commit. */
  abstract set(name: string, settings: FlagSettings): Promise<StoredFlag>;
}
