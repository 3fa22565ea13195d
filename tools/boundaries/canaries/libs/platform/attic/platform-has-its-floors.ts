import { AppError } from '../kernel/app-error.js';

export const canary = AppError;
