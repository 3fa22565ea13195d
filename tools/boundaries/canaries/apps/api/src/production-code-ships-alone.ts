import { program } from '../../../tools/program.js';

export const canary = program;
