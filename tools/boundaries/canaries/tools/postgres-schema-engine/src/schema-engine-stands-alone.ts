import { program } from '../../program.js';

export const canary = program;
