import { type Objection, objectionsOfOwnRules } from './own-rules.ts';
import { exceptionsWithoutReason } from './reasons.ts';
import { objectionsOfSquawk } from './squawk.ts';

/** Why a migration may not run while the release before it serves; none when it may. */
export function objectionsTo(sql: string): Objection[] {
  const all = [...objectionsOfSquawk(sql), ...objectionsOfOwnRules(sql), ...exceptionsWithoutReason(sql)];
  return all.sort((a, b) => a.line - b.line);
}
