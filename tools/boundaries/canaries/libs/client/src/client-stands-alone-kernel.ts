import { AppError } from '../../platform/kernel/app-error.js';

export const canary = AppError;
