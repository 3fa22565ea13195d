import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PART_NAMES } from '../parts.ts';
import type { Record } from '../record.ts';
import { RECORD } from '../template-itself.ts';
import { Source } from './source.ts';

/** What options say. */
export type Request = Readonly<{ from?: string; to?: string; base?: string; without?: string }>;

/** `base` and `target` are commits of the template. */
export type Plan = Readonly<{ source: Source; base: string; target: string; record: Record }>;

/**
 * @param folder for a clone of the template
 * @throws Error with what to say instead
 */
export function planOf(root: string, known: Record | undefined, request: Request, folder: string): Plan {
  if (!known) throw new Error(`There is no ${RECORD}: this is the template, or was not made by npm run template:init.`);
  const from = request.from ?? known.template.source;
  if (from === undefined)
    throw new Error('Say where the template is: --from=<address that git can clone, or a folder>');

  const source = Source.fetch(from, folder);
  const base = baseOf(source, known, request.base);
  const target = targetOf(source, request.to);
  if (!source.isBefore(base, target))
    throw new Error(`${request.to ?? 'What is newest'} does not come after what this project has: say another --to.`);
  const answers = { ...known.answers, without: absentParts(root, known, request.without) };
  return { source, base, target, record: { ...known, template: { ...known.template, source: from }, answers } };
}

function baseOf(source: Source, { template }: Record, given: string | undefined): string {
  const names = given === undefined ? [template.commit, `v${template.version}`] : [given];
  const found = names.map((name) => name && source.commitOf(name)).find(Boolean);
  if (found) return found;
  const tried = names.filter(Boolean).join(' nor ');
  throw new Error(`The template knows no ${tried}: say which version of it this project has: --base=<tag or commit>`);
}

function targetOf(source: Source, given: string | undefined): string {
  const name = given ?? source.newest();
  const commit = source.commitOf(name);
  if (commit === undefined) throw new Error(`The template knows no ${name}.`);
  return commit;
}

/** Those that it began without, those that it has taken out since, and those that it does not want. */
function absentParts(root: string, { answers }: Record, given = ''): string[] {
  const gone = PART_NAMES.filter((name) => !existsSync(join(root, 'libs/features', name)));
  return [...new Set([...answers.without, ...gone, ...given.split(',').filter(Boolean)])];
}
