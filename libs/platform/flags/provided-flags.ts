import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { EvaluationContext, Logger as Log, Provider, ResolutionDetails } from '@openfeature/server-sdk';
import { Config } from '../config/config.js';
import type { Principal } from '../kernel/access/principal.js';
import { type Flag, type Flags, type FlagValue } from '../kernel/flags.js';

/**
 * Asks a provider of OpenFeature: https://openfeature.dev/specification/sections/providers. It is asked itself, without the SDK's client, which
 * would take some ten microseconds for what is a look-up in memory.
 */
@Injectable()
export class ProvidedFlags implements Flags, OnModuleDestroy {
  private readonly logger = new Logger(ProvidedFlags.name);
  /** As OpenFeature calls the levels. */
  private readonly log: Log = {
    error: (...parts) => this.logger.error(parts.join(' ')),
    warn: (...parts) => this.logger.warn(parts.join(' ')),
    info: (...parts) => this.logger.log(parts.join(' ')),
    debug: (...parts) => this.logger.debug(parts.join(' ')),
  };
  private readonly anybody: EvaluationContext;
  private provider: Provider | undefined;
  /** Flags whose failure was logged: one line each, not one for each request. */
  private readonly failed = new Set<string>();

  constructor(config: Config) {
    this.anybody = { environment: config.DEPLOYMENT_ENVIRONMENT ?? config.NODE_ENV };
  }

  /** Any provider of OpenFeature: flagd, LaunchDarkly, … Without one, every flag has its default. */
  async use(provider: Provider): Promise<void> {
    await provider.initialize?.(this.anybody);
    const { provider: before } = this;
    this.provider = provider;
    await before?.onClose?.();
  }

  async valueOf<Value extends FlagValue>(flag: Flag<Value>, principal?: Principal): Promise<Value> {
    if (!this.provider) return flag.default;
    try {
      const { value } = await this.resolve(this.provider, flag, this.contextOf(principal));
      if (flag.values.includes(value as Value)) return value as Value;
      throw new Error(`It is ${JSON.stringify(value)}, which is none of its values.`);
    } catch (error) {
      this.reportOnce(flag, error as Error);
      return flag.default;
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.provider?.onClose?.();
  }

  private resolve(provider: Provider, flag: Flag, context: EvaluationContext): Promise<ResolutionDetails<FlagValue>> {
    return typeof flag.default === 'boolean'
      ? provider.resolveBooleanEvaluation(flag.name, flag.default, context, this.log)
      : provider.resolveStringEvaluation(flag.name, flag.default, context, this.log);
  }

  private contextOf(principal: Principal | undefined): EvaluationContext {
    return principal
      ? { ...this.anybody, targetingKey: principal.id, roles: principal.roles as string[] }
      : this.anybody;
  }

  private reportOnce({ name, default: value }: Flag, error: Error): void {
    if (this.failed.has(name)) return;
    this.failed.add(name);
    this.logger.warn(`The flag ${name} has its default, ${value}: ${error.message}`);
  }
}
