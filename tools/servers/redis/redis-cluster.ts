import type { Redis } from 'ioredis';
import { until } from '../until.ts';

const SLOTS = 16_384;

/** A Redis that was started with `nodeSettings`, and a connection to it. */
export type ClusterNode = Readonly<{ port: number; admin: Redis }>;

/** Where nodes talk to each other: as far away as Redis itself would choose, but a port that there is. */
export const busPort = (port: number): number => (port < 50_000 ? port + 10_000 : port - 10_000);

/** As in redis.conf. A node that is silent for longer than `timeoutMs` is taken for lost by the others. */
export const nodeSettings = (port: number, timeoutMs: number): readonly string[] => [
  'cluster-enabled yes',
  `cluster-port ${busPort(port)}`,
  `cluster-node-timeout ${timeoutMs}`,
];

/** Which of `count` masters holds a slot when each has as many as the next. */
export const masterOf = (slot: number, count: number): number => Math.floor((slot * count) / SLOTS);

/** Makes one cluster of nodes on this machine: the masters share all keys, the others have none so far. */
export async function joinCluster(masters: readonly ClusterNode[], others: readonly ClusterNode[] = []): Promise<void> {
  const all = [...masters, ...others];
  for (const [index, { admin }] of masters.entries()) {
    const firstOf = (master: number) => Math.ceil((master * SLOTS) / masters.length);
    await admin.call('CLUSTER', 'ADDSLOTSRANGE', firstOf(index), firstOf(index + 1) - 1);
  }
  const [first, ...rest] = all;
  for (const { port } of rest) await first?.admin.call('CLUSTER', 'MEET', '127.0.0.1', port, busPort(port));
  await whenAllKnow(
    all,
    all.map(({ port }) => port),
  );
}

/** Until each node tells clients that the nodes are at these ports, and that all keys are served. */
export async function whenAllKnow(
  nodes: readonly Pick<ClusterNode, 'admin'>[],
  ports: readonly number[],
): Promise<void> {
  const knows = async ({ admin }: Pick<ClusterNode, 'admin'>) => {
    const [state, known] = [String(await admin.cluster('INFO')), String(await admin.call('CLUSTER', 'NODES'))];
    return state.includes('cluster_state:ok') && ports.every((port) => known.includes(`127.0.0.1:${port}@`));
  };
  await until(
    async () => (await Promise.all(nodes.map(knows))).every(Boolean),
    'The Redis Cluster has not come together',
  );
}
