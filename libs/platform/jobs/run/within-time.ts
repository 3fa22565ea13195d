/** The job was still at work when its time was over. */
class JobTimedOut extends Error {
  override readonly name = 'JobTimedOut';
}

/**
 * Runs `work` with a signal that is aborted after so many seconds, and with `outer`. Does not wait longer than that for work which takes no
 * notice: what such work asks of its transaction from then on is refused.
 * @throws JobTimedOut
 */
export async function withinTime<T>(
  seconds: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timedOut = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new JobTimedOut(`It was not done within ${seconds} s.`);
      timeout.abort(error);
      reject(error);
    }, seconds * 1_000).unref();
  });
  try {
    return await Promise.race([work(AbortSignal.any([outer, timeout.signal])), timedOut]);
  } finally {
    clearTimeout(timer);
  }
}
