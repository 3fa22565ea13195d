import { parseArgs } from 'node:util';
import { emailAddress } from '#platform/kernel/values/email-address.js';

export type Arguments = Readonly<{ help: true } | { help: false; email: string }>;

/** Printed as one line, without a stack. */
export class Refusal extends Error {}

export const HELP = `npm run admin:create -- --email=<address>: makes somebody an administrator.

The account with this address gets the role admin. Without one there will be one, and the worker mails a link to choose its password.
It may run as often as you like, and needs the environment of the API (docs/environment.md) and a migrated database.

  --email=<address>   of the person
  --help              shows this`;

/** @throws Refusal */
export function readArguments(argv: readonly string[]): Arguments {
  const { email: given, help } = parse(argv);
  if (help) return { help };

  if (given === undefined) throw new Refusal('Say whom: --email=<address>. More with --help.');
  const email = given.trim();
  if (!emailAddress().safeParse(email).success) throw new Refusal('--email is not an e-mail address.');
  return { help: false, email };
}

function parse(argv: readonly string[]) {
  try {
    const options = { email: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } } as const;
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    throw new Refusal(`${(error as Error).message.split('\n', 1)[0]} More with --help.`);
  }
}
