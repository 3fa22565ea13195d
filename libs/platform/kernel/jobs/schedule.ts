import { Cron } from 'croner';

/** After a time in which no worker ran: `run-once` makes up for all that was missed with one run, `skip` waits for the next time. */
export type Missed = 'run-once' | 'skip';

/** When a job runs by itself. Once at each time over all workers, as an ordinary job. */
export type Schedule = Readonly<{
  /** How it is written, for people: `0 3 * * 1-5` or `every 3600 s`. */
  expression: string;
  /** Of the IANA database, such as `Europe/Berlin`; null where it makes no difference. */
  timeZone: string | null;
  missed: Missed;
  /** The first time after this one. */
  nextAfter(time: Date): Date;
}>;

type Options = { missed?: Missed };

/** Counted from 1970-01-01T00:00Z, so that workers that start at different times mean the same ones. @param seconds at least 1, whole */
export function everySeconds(seconds: number, { missed = 'run-once' }: Options = {}): Schedule {
  if (!Number.isInteger(seconds) || seconds < 1)
    throw new Error(`A schedule runs every so many whole seconds, not every ${seconds}.`);

  const every = seconds * 1_000;
  return {
    expression: `every ${seconds} s`,
    timeZone: null,
    missed,
    nextAfter: (time) => new Date((Math.floor(time.getTime() / every) + 1) * every),
  };
}

/**
 * A time by the clock on the wall, as five fields of POSIX crontab (minute, hour, day of the month, month, day of the week), or six with
 * seconds in front. A time that daylight saving skips is made up for when the clock goes on; one that comes twice counts the first time,
 * but with `*` as its hour both times.
 * @throws for an expression that no time fits, such as the 30th of February, and for an unknown time zone
 */
export function cron(
  expression: string,
  { timeZone = 'UTC', missed = 'run-once' }: Options & { timeZone?: string } = {},
): Schedule {
  const times = new Cron(expression, { timezone: timeZone, paused: true });
  const nextAfter = (time: Date): Date => {
    const next = times.nextRun(time);
    if (next === null) throw new Error(`No time fits the schedule ${expression}.`);
    return next;
  };
  nextAfter(new Date());
  return { expression, timeZone, missed, nextAfter };
}
