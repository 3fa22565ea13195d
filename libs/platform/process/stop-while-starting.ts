/*
 * To be imported before everything else. A process that is the first of its container gets no signal that it does not handle, and loading
 * the rest takes a second or more: `docker stop` would wait in vain and kill it. Nothing has begun yet that could be left unfinished.
 */

const SIGNALS = { SIGINT: 2, SIGTERM: 15 } as const;
type Signal = keyof typeof SIGNALS;

/** As if the signal had ended it (POSIX, "Exit Status for Commands"). */
const leave = (signal: Signal): never => process.exit(128 + SIGNALS[signal]);
for (const signal of Object.keys(SIGNALS)) process.on(signal, leave);

/** From now on other listeners handle these signals. */
export function leaveSignalsToOthers(): void {
  for (const signal of Object.keys(SIGNALS)) process.off(signal, leave);
}
