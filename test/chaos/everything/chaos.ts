import { inDatabase } from '#platform/testing/system/administration.js';
import { signUp } from '#platform/testing/system/people.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { type Effects, parcelEffects } from '../parcel-effects.ts';
import { type Scene, startScene } from './scene.ts';
import { SteadyLoad } from './steady-load.ts';
import { countTicks, pauseTicks, type Ticks } from './ticks.ts';

const PATIENCE_MS = 120_000;

/** In each round, everything is taken away once. */
export type Size = Readonly<{ parcels: number; rounds: number }>;
type Say = (line: string) => void;

export type Chaos = Readonly<{
  /** What was done to the system, and how often. */
  done: Readonly<Record<string, number>>;
  answers: Readonly<Record<string, number>>;
  /** `<status> <code>` of every problem that GET /errors tells of. */
  documented: readonly string[];
  acknowledged: number;
  /** Acknowledged parcels that are not there. */
  lost: number;
  effects: Effects;
  ticks: Ticks;
  /** How many mails there are, and how many copies of the one that came most often. */
  mails: Readonly<{ different: number; mostCopies: number }>;
  /** Of the processes of the API that were replaced. */
  exitCodes: readonly number[];
}>;

/** Sends at least so many parcels while everything that they need is taken away in turn, and tells what became of them. */
export async function chaos(size: Size, say: Say): Promise<Chaos> {
  const scene = await startScene();
  try {
    return await runIn(scene, size, say);
  } finally {
    await scene.stop();
  }
}

async function runIn(scene: Scene, { parcels, rounds }: Size, say: Say): Promise<Chaos> {
  const { env, mailbox, api, crew } = scene;
  const { email, token } = await signUp({ client: api.client, mailbox });
  const { body } = await api.client.get('/errors', { headers: { accept: 'application/json' } });
  say('everything runs');

  const load = new SteadyLoad(() => api.client, token);
  const over = load.run();
  crew.startKilling();
  const done = await disturb(load, parcels, say, disturbances(scene, rounds));
  await eventually(() => requireAtLeast(load, parcels), PATIENCE_MS);
  load.end();
  await over;
  await crew.spare();
  await pauseTicks(env);
  say(`${load.acknowledged.length} acknowledged, ${crew.kills} workers killed`);

  await eventually(() => requireRest(scene), PATIENCE_MS);
  say('all is done');
  return {
    done: { ...done, 'a worker was killed': crew.kills },
    answers: Object.fromEntries(load.answers),
    documented: body.data.map(({ status, code }: { status: number; code: string }) => `${status} ${code}`),
    acknowledged: load.acknowledged.length,
    lost: await countLost(scene, load.acknowledged),
    effects: await parcelEffects(String(env.DATABASE_URL), email),
    ticks: await countTicks(env),
    mails: mailsTo(scene, email),
    exitCodes: await Promise.all(api.exitCodes),
  };
}

type Disturbances = readonly (readonly [what: string, disturb: () => Promise<void>])[];

const disturbances = ({ servers, api }: Scene, rounds: number): Disturbances =>
  Array.from({ length: rounds }, (_, round) => [
    ['Redis was killed, and is back empty', () => servers.emptyRedis()] as const,
    round % 2 === 0
      ? (['Postgres has crashed, and is back', () => servers.restartPostgres('crash')] as const)
      : (['Postgres was stopped, and is back', () => servers.restartPostgres('orderly')] as const),
    ['the API was replaced', () => api.replace()] as const,
  ]).flat();

/** One after the other, spread over the parcels. */
async function disturb(
  load: SteadyLoad,
  parcels: number,
  say: Say,
  each: Disturbances,
): Promise<Record<string, number>> {
  const done: Record<string, number> = {};
  for (const [index, [what, take]] of each.entries()) {
    const share = ((index + 1) * parcels) / (each.length + 1);
    await eventually(() => requireAtLeast(load, share), PATIENCE_MS);
    await take();
    done[what] = (done[what] ?? 0) + 1;
    say(`${load.acknowledged.length} acknowledged: ${what}`);
  }
  return done;
}

function requireAtLeast({ acknowledged, answers }: SteadyLoad, parcels: number): void {
  if (acknowledged.length < parcels)
    throw new Error(`${acknowledged.length} of ${parcels} are acknowledged: ${JSON.stringify([...answers])}`);
}

/** All that was to be done is done. */
async function requireRest({ env }: Scene): Promise<void> {
  const open = await inDatabase({ env }, 'SELECT name, count(*)::int AS count FROM jobs GROUP BY name');
  if (open.length > 0) throw new Error(`Jobs are open: ${JSON.stringify(open)}`);
}

async function countLost({ env }: Scene, ids: readonly string[]): Promise<number> {
  const text =
    'SELECT FROM unnest($1::uuid[]) AS told(id) WHERE NOT EXISTS (SELECT FROM parcels WHERE parcels.id = told.id)';
  return (await inDatabase({ env }, text, [ids])).length;
}

function mailsTo({ mailbox }: Scene, email: string): Chaos['mails'] {
  const notices = mailbox.all().filter(({ to, subject }) => to === email && /parcel/i.test(subject));
  const copies = [...Map.groupBy(notices, ({ messageId }) => messageId).values()].map(({ length }) => length);
  return { different: copies.length, mostCopies: Math.max(...copies) };
}
