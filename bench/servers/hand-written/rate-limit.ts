import { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';

const TAKE = `
local count = redis.call('INCRBY', KEYS[1], ARGV[1])
if count == tonumber(ARGV[1]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return {count, tonumber(ARGV[2])}
end
return {count, redis.call('PTTL', KEYS[1])}`;

type Counting = Redis & { take(key: string, requests: number, milliseconds: number): Promise<[number, number]> };
type Taken = { next: number; last: number; endsAt: number };

const quota = Number(process.env['RATE_LIMIT_REQUESTS']);
const windowMilliseconds = Number(process.env['RATE_LIMIT_WINDOW']) * 1000;
const policy = `"default";q=${quota};w=${windowMilliseconds / 1000}`;
/** Requests that arrive together each count in advance. */
const MOST_IN_ADVANCE = 1_000;
const taken = new LRUCache<string, Taken>({ max: 10_000 });

const redis = new Redis(process.env['REDIS_URL'] ?? '', {
  enableAutoPipelining: true,
  commandTimeout: 1_000,
  maxRetriesPerRequest: 1,
}) as Counting;
redis.defineCommand('take', { numberOfKeys: 1, lua: TAKE });

/** Exact over any number of processes: far from the limit a twentieth of the quota is counted in advance. */
export function countRequest(userId: string) {
  const known = taken.get(userId);
  const now = Date.now();
  if (known && known.next <= known.last && now < known.endsAt) return allowanceOf(known.next++, known.endsAt - now);
  return take(
    userId,
    known && now < known.endsAt && known.last < quota / 2 ? Math.min(Math.floor(quota / 20), MOST_IN_ADVANCE) : 1,
  );
}

async function take(userId: string, requests: number) {
  const [count, milliseconds] = await redis.take(`limit:${userId}`, requests, windowMilliseconds);
  const first = count - requests + 1;
  taken.set(userId, { next: first + 1, last: count, endsAt: Date.now() + milliseconds });
  return allowanceOf(first, milliseconds);
}

function allowanceOf(count: number, milliseconds: number) {
  const resetSeconds = Math.max(1, Math.ceil(milliseconds / 1000));
  return {
    policy,
    state: `"default";r=${Math.max(0, quota - count)};t=${resetSeconds}`,
    isExceeded: count > quota,
    resetSeconds,
  };
}
