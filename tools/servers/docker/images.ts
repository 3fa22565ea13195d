import { postgresAccepts, postgresOptions } from '../postgres/postgres.ts';
import { redisAnswers, redisOptions } from '../redis/redis.ts';

/** An official image, and how to make of it what the programs of this machine would be. */
export type Image = Readonly<{
  name: string;
  port: number;
  /** Where the image keeps what it stores. */
  data: string;
  stopSignal: NodeJS.Signals;
  /** For `docker run`. */
  options(password: string): readonly string[];
  /** For the server in it. */
  arguments(password: string, durable: boolean): readonly string[];
  url(password: string, port: number): string;
  answers(password: string, port: number): Promise<boolean>;
}>;

const postgresUrl = (password: string, port: number): string =>
  `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;

export const postgresImage: Image = {
  name: 'postgres:18',
  port: 5432,
  data: '/var/lib/postgresql',
  stopSignal: 'SIGINT',
  options: (password) => ['-e', `POSTGRES_PASSWORD=${password}`],
  arguments: (_password, durable) => postgresOptions(durable),
  url: postgresUrl,
  answers: (password, port) => postgresAccepts(postgresUrl(password, port)),
};

export const redisImage: Image = {
  name: 'redis:8',
  port: 6379,
  data: '/data',
  stopSignal: 'SIGTERM',
  options: () => [],
  arguments: (password, durable) => [
    'redis-server',
    '--requirepass',
    password,
    ...redisOptions(durable).flatMap(([name, value]) => [`--${name}`, value]),
  ],
  url: (password, port) => `redis://:${password}@127.0.0.1:${port}`,
  answers: (password, port) => redisAnswers({ password, port }),
};
