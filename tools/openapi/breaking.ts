import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Released, releasedFile } from '../released-file.ts';
import { ROOT } from '../servers/local-directory.ts';
import { ACKNOWLEDGED_BREAKS } from './acknowledged-breaks.ts';
import { breaksBetween, type Contract } from './breaks/breaks.ts';
import { objections } from './breaks/judgement.ts';

const HELP = `npm run openapi:breaking [-- --against=<tag, commit or file>]

Compares openapi.json with that of the last release, which is the last tag of git before this commit: what requests take may only widen,
what responses give may only narrow, and nothing may go. A break that clients were told of is listed in tools/openapi/acknowledged-breaks.ts.`;

function main(): number {
  const { values } = parseArgs({ options: { against: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const released = releasedDocument(values.against);
  if (!released) {
    console.log('No release yet: there is nothing that a client relies on.');
    return 0;
  }
  const current = JSON.parse(readFileSync(join(ROOT, 'openapi.json'), 'utf8')) as Contract;
  const breaks = breaksBetween(JSON.parse(released.text) as Contract, current);
  const found = objections(breaks, ACKNOWLEDGED_BREAKS, new Date().toISOString().slice(0, 10));
  console.log(
    found.length === 0
      ? `openapi.json keeps what ${released.name} has promised`
      : `openapi.json breaks what ${released.name} has promised:\n  ${found.join('\n  ')}\nKeep it as it was, or tell clients and acknowledge it in tools/openapi/acknowledged-breaks.ts.`,
  );
  return found.length === 0 ? 0 : 1;
}

/** Undefined before the first release. @throws Error when what was asked for is not there */
const releasedDocument = (against: string | undefined): Released | undefined =>
  against !== undefined && existsSync(against)
    ? { name: against, text: readFileSync(against, 'utf8') }
    : releasedFile('openapi.json', against);

try {
  process.exitCode = main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
