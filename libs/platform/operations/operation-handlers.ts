import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { definedOperations, type OperationHandler } from '../kernel/operations/operation-definition.js';

// A list of handlers with different types has no better element type.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyOperationHandler = OperationHandler<any, any, any>;

/** Every handler that a mounted module provides, by kind. */
@Injectable()
export class OperationHandlers implements OnModuleInit {
  private readonly byKind = new Map<string, AnyOperationHandler>();

  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws when an operation has two handlers or none */
  onModuleInit(): void {
    const providers = this.discovery.getProviders().map(({ instance }): unknown => instance);
    for (const handler of new Set(providers.filter(isOperationHandler))) this.add(handler);

    const orphans = [...definedOperations().keys()].filter((kind) => !this.byKind.has(kind));
    if (orphans.length > 0) throw new Error(`No mounted module provides a handler for: ${orphans.join(', ')}.`);
  }

  get kinds(): string[] {
    return [...this.byKind.keys()];
  }

  find(kind: string): AnyOperationHandler {
    const handler = this.byKind.get(kind);
    if (!handler) throw new Error(`No handler for the operation ${kind}.`);
    return handler;
  }

  private add(handler: AnyOperationHandler): void {
    const { kind } = handler.operation;
    if (this.byKind.has(kind)) throw new Error(`The operation ${kind} has two handlers.`);
    this.byKind.set(kind, handler);
  }
}

function isOperationHandler(provider: unknown): provider is AnyOperationHandler {
  if (typeof provider !== 'object' || provider === null) return false;

  const { operation, run } = provider as Partial<AnyOperationHandler>;
  return (
    typeof run === 'function' && Boolean(operation) && definedOperations().get(String(operation?.kind)) === operation
  );
}
