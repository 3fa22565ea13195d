import type { FlagValue } from '#platform/kernel/flags.js';

/** Whom a rule is about: everybody for whom all that it names is true. */
export type Target = Readonly<{
  userIds?: readonly string[];
  /** Who has one of them. */
  roles?: readonly string[];
  /** As DEPLOYMENT_ENVIRONMENT names them. */
  environments?: readonly string[];
  /** So many of a hundred users: always the same ones, and those of a smaller number are among those of a greater one. */
  percentage?: number;
}>;

type Rule = Readonly<{ when: Target; value: FlagValue }>;

/** What an administrator has said of a flag. */
export type FlagSettings = Readonly<{
  /** The first that is about somebody decides. */
  rules: readonly Rule[];
  /** For whom none is; without it, the default that the code declares. */
  value?: FlagValue;
}>;
