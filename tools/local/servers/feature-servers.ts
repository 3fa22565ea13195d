import { globSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../servers/local-directory.ts';
import type { RunFile } from '../settings/run-file.ts';

/** A page that a feature brings along for development, on a port of its own. */
export type FeatureServer = Readonly<{
  pageUrl: string;
  /** Once the api answers, such as to make itself known there. */
  connect: (run: Pick<RunFile, 'api' | 'admin'>) => Promise<void>;
  stop: () => Promise<void>;
}>;
/** @param preferredPort that of the last run */
type Start = (preferredPort?: number) => Promise<FeatureServer>;

/** Those of the features, by name: `testing/<name>.server.ts`. */
export async function startFeatureServers(last: RunFile | null): Promise<Readonly<Record<string, FeatureServer>>> {
  const servers: Record<string, FeatureServer> = {};
  for (const file of globSync('libs/features/*/testing/*.server.ts', { cwd: ROOT }).sort()) {
    const name = String(file.split('/')[2]);
    const before = last?.pages?.[name];
    const { start } = (await import(join(ROOT, file))) as { start: Start };
    servers[name] = await start(before === undefined ? undefined : Number(new URL(before).port));
  }
  return servers;
}
