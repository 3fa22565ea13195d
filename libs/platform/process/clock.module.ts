import { Global, Module } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';

const systemClock: Clock = { now: () => new Date() };

@Global()
@Module({ providers: [{ provide: Clock, useValue: systemClock }], exports: [Clock] })
export class ClockModule {}
