import { type DynamicModule, Module } from '@nestjs/common';
import { Config } from './config.js';
import type { Env } from './env.js';

@Module({})
export class ConfigModule {
  static forRoot(env: Env): DynamicModule {
    return { module: ConfigModule, global: true, providers: [{ provide: Config, useValue: env }], exports: [Config] };
  }
}
