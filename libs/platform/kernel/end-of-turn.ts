/**
 * Collects what many requests want done and does all of it in one go, once the event loop has seen to everything that is ready.
 * The same code then runs for one after the other while it is in the processor's caches; in between other work it costs twice as much.
 * `work` must not throw. It does not run in the async context of its item, so let it continue a promise or a callback made there.
 */
export function atEndOfTurn<Item>(work: (item: Item) => void): (item: Item) => void {
  let waiting: Item[] = [];

  const workOff = () => {
    const items = waiting;
    waiting = [];
    for (const item of items) work(item);
  };
  return (item) => {
    if (waiting.push(item) === 1) setImmediate(workOff);
  };
}
