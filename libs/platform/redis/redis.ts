/**
 * The connection for commands: `constructor(@Inject(REDIS) private readonly redis: Redis)` with `import type { Redis } from 'ioredis'`.
 * While Redis is away a command fails at once, and within REDIS_TIMEOUT when Redis is frozen. It connects in `onModuleInit`,
 * so use it from `onApplicationBootstrap` on.
 */
export const REDIS = Symbol('Redis');
