import { AppError } from '../../../platform/kernel/app-error.js';
import { alpha } from './alpha.js';

export const allowed = [AppError, alpha];
