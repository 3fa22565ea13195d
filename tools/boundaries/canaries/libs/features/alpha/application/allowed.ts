import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AppError } from '../../../platform/kernel/app-error.js';
import { beta } from '../../beta/index.js';
import { alpha } from '../domain/alpha.js';

export const allowed = [Injectable, z, AppError, beta, alpha];
