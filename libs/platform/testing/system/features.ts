import { existsSync } from 'node:fs';

/** Whether a feature is part of this project: what the whole system is tested with may be one that projects do without. */
export const hasFeature = (name: string): boolean => existsSync(`libs/features/${name}`);
