import { Injectable } from '@nestjs/common';
import type { Scanner } from '../application/processing/scanner.js';

/** Where no scanner is configured. */
@Injectable()
export class NoScanner implements Scanner {
  async isClean(): Promise<boolean> {
    return true;
  }
}
