import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answers } from './answers.ts';

const TEXTS = join(import.meta.dirname, 'licenses');
const RESERVED = 'All rights reserved.\n';

/** The text of LICENSE; of the many licenses that are not at hand, where it is found. */
export function licenseText({ license, holder }: Pick<Answers, 'license' | 'holder'>, year: number): string {
  const copyright = `Copyright (c) ${year} ${holder}`;
  if (license === 'UNLICENSED') return `${copyright}\n\n${RESERVED}`;

  const file = join(TEXTS, `${license}.txt`);
  if (existsSync(file)) return readFileSync(file, 'utf8').replace('<copyright>', () => copyright);
  return `${copyright}\n\nSPDX-License-Identifier: ${license}\n\nThe text: https://spdx.org/licenses/${license}.html\n`;
}
