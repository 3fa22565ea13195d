import { Module, type OnModuleInit } from '@nestjs/common';
import { ProvidedFlags } from '#platform/flags/provided-flags.js';
import { OpenApiTag } from '#platform/http/routes/tag.decorator.js';
import { FlagsRepository } from './application/flags.repository.js';
import { ListFlags } from './application/list-flags.js';
import { SetFlag } from './application/set-flag.js';
import { FlagsController } from './http/flags.controller.js';
import { FlagNews } from './infrastructure/flag-news.js';
import { PostgresFlagProvider } from './infrastructure/postgres-flag-provider.js';
import { PrismaFlagsRepository } from './infrastructure/prisma-flags.repository.js';

const repository = { provide: FlagsRepository, useClass: PrismaFlagsRepository };

/** Mounted by apps/worker: flags are what administrators say they are. Without it each has its default. */
@Module({ providers: [FlagNews, PostgresFlagProvider], exports: [FlagNews] })
export class FlagsWorkerModule implements OnModuleInit {
  constructor(
    private readonly flags: ProvidedFlags,
    private readonly provider: PostgresFlagProvider,
  ) {}

  onModuleInit(): Promise<void> {
    return this.flags.use(this.provider);
  }
}

/** Mounted by apps/api. */
@OpenApiTag({ name: 'Flags', description: 'What is switched on, and for whom.' })
@Module({ imports: [FlagsWorkerModule], controllers: [FlagsController], providers: [ListFlags, SetFlag, repository] })
export class FlagsApiModule {}
