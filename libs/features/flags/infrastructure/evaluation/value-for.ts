import type { FlagValue } from '#platform/kernel/flags.js';
import type { FlagSettings, Target } from '../../domain/flag-settings.js';
import { isWithin } from './rollout.js';

export type Asking = Readonly<{ userId?: string | undefined; roles?: readonly string[]; environment: string }>;

/** @returns undefined where the default holds */
export function valueFor(flag: string, settings: FlagSettings, asking: Asking): FlagValue | undefined {
  const rule = settings.rules.find(({ when }) => isAbout(flag, when, asking));
  return rule ? rule.value : settings.value;
}

function isAbout(flag: string, target: Target, asking: Asking): boolean {
  const { environments, userIds, roles, percentage } = target;
  if (environments && !environments.includes(asking.environment)) return false;
  if (roles && !roles.some((role) => asking.roles?.includes(role))) return false;
  if (userIds === undefined && percentage === undefined) return true;
  return asking.userId !== undefined && isAboutUser(flag, target, asking.userId);
}

const isAboutUser = (flag: string, { userIds, percentage }: Target, userId: string): boolean =>
  (userIds === undefined || userIds.includes(userId)) &&
  (percentage === undefined || isWithin(percentage, `${flag}:${userId}`));
