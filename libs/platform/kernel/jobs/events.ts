import { z } from 'zod';
import { Registry } from '../registry.js';
import { definedJobs, defineJob, type JobDefinition } from './jobs.js';

/** What is told of an event outside of the service. Its payload is then a part of the API, and its example is shown there. */
export type PublicEvent<Payload> = Readonly<{
  description: string;
  example: Payload;
  /** Whom it is about: others hear of it only where they may hear of everybody. */
  userId(payload: Payload): string;
}>;

/** A fact that other features may want to know. The feature that it is about defines it, and knows nobody who listens. */
export type EventDefinition<Payload> = Readonly<{
  name: string;
  payload: z.ZodType<Payload>;
  /** What it is about: events of one feature with the same key are told in the order in which they were published. */
  key(payload: Payload): string;
  /** Hands the event to its subscribers, in the worker: only that knows all of them. */
  telling: JobDefinition<Payload>;
  /** Without it nobody outside of the service hears of it. */
  webhook?: PublicEvent<Payload>;
}>;

const registry = new Registry<EventDefinition<unknown>>('The event');

/**
 * Names a fact, as `thing.what-happened`, and fixes what is told of it: ids and what they cannot be asked for later. A payload may grow: a
 * subscriber sees what its own schema names. Nothing may be taken away or change its meaning; that is another event.
 * @throws when a job or an event of that name exists
 */
export function defineEvent<Payload>({
  name,
  payload,
  key,
  webhook,
}: Pick<EventDefinition<Payload>, 'name' | 'payload'> & {
  key(payload: NoInfer<Payload>): string;
  webhook?: PublicEvent<NoInfer<Payload>>;
}): EventDefinition<Payload> {
  // As it is stored: a worker that is older than the publisher must not drop the fields it does not know.
  const asStored = z.custom<Payload>();
  const telling = defineJob({ name, payload: asStored, orderedBy: key });
  return registry.add(name, { name, payload, key, telling, ...(webhook && { webhook }) });
}

/** Every event defined so far, by name. */
export function definedEvents(): ReadonlyMap<string, EventDefinition<unknown>> {
  return registry.all;
}

/** An event of which those outside may hear. */
type OutsideEvent = EventDefinition<unknown> & Readonly<{ webhook: PublicEvent<unknown> }>;

/** Those that are told outside of the service, by name. */
export const publicEvents = (): readonly OutsideEvent[] =>
  [...registry.all.values()]
    .filter((event): event is OutsideEvent => event.webhook !== undefined)
    .sort((a, b) => a.name.localeCompare(b.name));

type SubscriptionOptions<Payload> = Readonly<{
  /** `feature.verb-noun`, as of any job. */
  name: string;
  /** What the subscriber reads of the event; all of it without this. */
  payload?: z.ZodType<Payload>;
  /** Events with the same key come one after the other, as they were published. */
  isOrdered?: boolean;
}> &
  Pick<JobDefinition<Payload>, 'attempts' | 'backoff' | 'timeoutSeconds' | 'concurrency' | 'priority'>;

/**
 * A job that is enqueued for every event of that kind. Its handler is like any other, with retries and a dead letter of its own. It hears of
 * what is told from the release on that has it.
 */
export function defineSubscription<Told, Payload = Told>(
  event: EventDefinition<Told>,
  { isOrdered = false, payload, ...options }: SubscriptionOptions<Payload>,
): JobDefinition<Payload> {
  const orderedBy = isOrdered ? (told: Payload) => event.key(told as unknown as Told) : undefined;
  return defineJob<Payload>({
    ...options,
    event: event.name,
    payload: payload ?? (event.payload as unknown as z.ZodType<Payload>),
    ...(orderedBy && { orderedBy }),
  });
}

/** A public event, whichever it is. */
const publishedEvent = z.object({
  /** The same for all who hear of it, and however often it is told. */
  id: z.uuid(),
  name: z.string(),
  publishedAt: z.iso.datetime(),
  userId: z.string(),
  payload: z.unknown(),
});
export type PublishedEvent = z.infer<typeof publishedEvent>;

const EVERY_PUBLIC_EVENT = '*';

/** A job that is enqueued for every public event, so that who carries them outside needs to know none of them. */
export const defineSubscriptionToPublicEvents = (
  options: Omit<SubscriptionOptions<PublishedEvent>, 'payload' | 'isOrdered'>,
): JobDefinition<PublishedEvent> => defineJob({ ...options, event: EVERY_PUBLIC_EVENT, payload: publishedEvent });

export const subscriptionsToPublicEvents = (): readonly JobDefinition<unknown>[] => subscriptionsTo(EVERY_PUBLIC_EVENT);

export const subscriptionsTo = (event: string): readonly JobDefinition<unknown>[] =>
  [...definedJobs().values()].filter((job) => job.event === event);

export abstract class Events {
  /**
   * Tells all who subscribe, each by a job of its own, if and only if the caller's transaction commits.
   * @throws ZodError for a payload that does not fit; JobPayloadTooLarge
   */
  abstract publish<Payload>(event: EventDefinition<Payload>, payload: Payload): Promise<void>;
}
