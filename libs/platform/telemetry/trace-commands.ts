import type { Command, Redis } from 'ioredis';
import { ClientCalls, type ClientOperation, operationOf } from './client-calls.js';
import { telemetryIsOn } from './start.js';

/** Traces every command of one connection by its name alone: keys and values stay out of telemetry. */
export function traceCommands(redis: Redis): void {
  if (!telemetryIsOn()) return;

  const calls = new ClientCalls();
  const operations = new Map<string, ClientOperation>();
  const send = redis.sendCommand.bind(redis);

  redis.sendCommand = (command: Command, ...rest) => {
    // Not connected: ioredis only queues the command, and sends it through here again once it is.
    if (redis.status !== 'ready' && redis.options.enableOfflineQueue) return send(command, ...rest);

    let operation = operations.get(command.name);
    if (!operation) operations.set(command.name, (operation = operationOf('redis', command.name.toUpperCase())));
    const finish = calls.start(operation);
    command.promise.then(() => finish(), finish);
    return send(command, ...rest);
  };
}
