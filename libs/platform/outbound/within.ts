type Limit = Readonly<{ milliseconds: number; reason: Error; outer?: AbortSignal | null | undefined }>;

/**
 * Runs `work` with a signal that is aborted after so many milliseconds, with `reason`, and with `outer`. Does not wait for work that takes no
 * notice. @throws `reason`, the reason of `outer`, what `work` throws
 */
export async function within<T>(
  { milliseconds, reason, outer }: Limit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const time = new AbortController();
  const timer = setTimeout(() => time.abort(reason), milliseconds);
  const signal = outer ? AbortSignal.any([outer, time.signal]) : time.signal;
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  try {
    signal.throwIfAborted();
    return await Promise.race([aborted, work(signal)]);
  } finally {
    clearTimeout(timer);
  }
}
