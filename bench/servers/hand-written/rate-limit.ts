import { Redis } from 'ioredis';

const HIT = `
local count = redis.call('INCR', KEYS[1])
if count == 1 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
  return {count, tonumber(ARGV[1])}
end
return {count, redis.call('PTTL', KEYS[1])}`;

type Counting = Redis & { hitWindow(key: string, milliseconds: number): Promise<[number, number]> };

const quota = Number(process.env['RATE_LIMIT_REQUESTS']);
const windowMilliseconds = Number(process.env['RATE_LIMIT_WINDOW']) * 1000;
const policy = `"default";q=${quota};w=${windowMilliseconds / 1000}`;

const redis = new Redis(process.env['REDIS_URL'] ?? '', { enableAutoPipelining: true, commandTimeout: 1_000, maxRetriesPerRequest: 1 }) as Counting;
redis.defineCommand('hitWindow', { numberOfKeys: 1, lua: HIT });

/** Exact over any number of processes: one round trip per request. */
export async function countRequest(userId: string) {
  const [count, milliseconds] = await redis.hitWindow(`limit:${userId}`, windowMilliseconds);
  const resetSeconds = Math.max(1, Math.ceil(milliseconds / 1000));
  return { policy, state: `"default";r=${Math.max(0, quota - count)};t=${resetSeconds}`, isExceeded: count > quota, resetSeconds };
}
