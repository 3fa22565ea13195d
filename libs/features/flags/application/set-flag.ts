import { Injectable } from '@nestjs/common';
import { Audit } from '#platform/kernel/audit.js';
import type { FieldError } from '#platform/kernel/errors/app-error.js';
import { definedFlags, type Flag, type FlagValue } from '#platform/kernel/flags.js';
import { Transaction } from '#platform/kernel/transaction.js';
import { FlagUnknown, FlagValueUnknown } from '../domain/flag.errors.js';
import type { FlagSettings } from '../domain/flag-settings.js';
import { FlagsRepository } from './flags.repository.js';
import type { ListedFlag } from './list-flags.js';

@Injectable()
export class SetFlag {
  constructor(
    private readonly flags: FlagsRepository,
    private readonly transaction: Transaction,
    private readonly audit: Audit,
  ) {}

  /** Replaces all that was said of it before. @throws FlagUnknown, FlagValueUnknown */
  async execute(name: string, settings: FlagSettings): Promise<ListedFlag> {
    const flag = flagNamed(name);
    requireValues(flag, settings);
    return this.transaction.run(async () => {
      const stored = await this.flags.set(name, settings);
      await this.audit.record({ type: 'flag.changed', details: { flag: name } });
      return { flag, stored };
    });
  }
}

function flagNamed(name: string): Flag {
  const flag = definedFlags().get(name);
  if (flag) return flag;
  const names = [...definedFlags().keys()].sort().join(', ');
  throw new FlagUnknown(`There is no flag ${name}. There are: ${names || 'none'}.`);
}

function requireValues(flag: Flag, { rules, value }: FlagSettings): void {
  const given: [string, FlagValue | undefined][] = [
    ['#/value', value],
    ...rules.map((rule, position): [string, FlagValue] => [`#/rules/${position}/value`, rule.value]),
  ];
  const errors = given.flatMap(([pointer, one]): FieldError[] =>
    one === undefined || flag.values.includes(one)
      ? []
      : [{ pointer, code: 'flag_value_unknown', detail: `One of: ${flag.values.join(', ')}.` }],
  );
  if (errors.length > 0) throw new FlagValueUnknown(undefined, { errors });
}
