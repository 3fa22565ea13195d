import { beforeAll, describe, expect, it } from 'vitest';
import { installedPostgres } from '../../tools/servers/postgres/postgres-cluster.ts';
import { type Chaos, chaos } from './everything/chaos.ts';

/** `npm run test:chaos` sends ten times as many, takes everything away twice, and says how it goes. */
const { CHAOS_PARCELS } = process.env;
const PARCELS = Number(CHAOS_PARCELS ?? 1_000);
const ROUNDS = CHAOS_PARCELS ? 2 : 1;
const LONGEST_MS = 180_000 + PARCELS * 60;

const hasOwnPostgres = (await installedPostgres()) !== null;
// Loudly: what is not run is not proven.
if (!hasOwnPostgres) console.warn('No Postgres from npm for this platform: nothing is taken away from the system.');

const begin = performance.now();
const say = (line: string) => {
  if (CHAOS_PARCELS)
    process.stdout.write(`${((performance.now() - begin) / 1_000).toFixed(1).padStart(7)} s  ${line}\n`);
};

(hasOwnPostgres ? describe : describe.skip)(
  `${PARCELS} parcels, while workers are killed every second, Postgres and Redis go and come, and the API is replaced`,
  () => {
    let result: Chaos;
    beforeAll(async () => {
      result = await chaos({ parcels: PARCELS, rounds: ROUNDS }, say);
      say(JSON.stringify(result, (key, value: unknown) => (key === 'documented' ? undefined : value), 2));
    }, LONGEST_MS);

    it('were more than Postgres, Redis, the API and the workers have outlived', () => {
      const { done, acknowledged, exitCodes } = result;

      expect(acknowledged).toBeGreaterThanOrEqual(PARCELS);
      expect(done).toEqual({
        'Redis was killed, and is back empty': ROUNDS,
        'Postgres has crashed, and is back': 1,
        ...(ROUNDS > 1 && { 'Postgres was stopped, and is back': 1 }),
        'the API was replaced': ROUNDS,
        'a worker was killed': expect.any(Number),
      });
      expect(done['a worker was killed']).toBeGreaterThan(2);
      expect(exitCodes).toEqual(Array.from({ length: ROUNDS }, () => 0));
    });

    it('are all there that were acknowledged, and no others', () => {
      expect([result.lost, result.effects.parcels]).toEqual([0, result.acknowledged]);
    });

    it('are each delivered, once', () => {
      const { acknowledged, effects } = result;

      expect(effects).toEqual({
        parcels: acknowledged,
        delivered: acknowledged,
        changedTwice: 0,
        openJobs: 0,
        deadLetters: 0,
      });
    });

    it('are each told of by one mail, which came again no more often than workers were killed', () => {
      expect(result.mails.different).toBe(result.acknowledged);
      expect(result.mails.mostCopies).toBeLessThanOrEqual(1 + Number(result.done['a worker was killed']));
    });

    it('are answered with success or a documented problem', () => {
      const { '200': seen = 0, '201': accepted = 0, ...others } = result.answers;

      expect(accepted).toBe(result.acknowledged);
      expect(seen).toBeGreaterThan(0);
      expect(Object.keys(others).filter((kind) => !result.documented.includes(kind))).toEqual([]);
    });

    it('are counted once at each time of a schedule', () => {
      const { ticks, times, effects, jobs } = result.ticks;

      expect(ticks).toBeGreaterThan(2);
      expect([times, effects, jobs]).toEqual([ticks, ticks, ticks]);
    });
  },
);
