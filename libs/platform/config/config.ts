import type { Env } from './env.js';

/** The parsed environment, injectable. Read once in `main.ts`; nothing else looks at `process.env`. */
export interface Config extends Env {}
export abstract class Config {}
