import { Global, Module } from '@nestjs/common';
import { Flags } from '../kernel/flags.js';
import { ProvidedFlags } from './provided-flags.js';

@Global()
@Module({ providers: [ProvidedFlags, { provide: Flags, useExisting: ProvidedFlags }], exports: [Flags, ProvidedFlags] })
export class FlagsModule {}
