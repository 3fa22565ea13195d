import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '../../servers/local-directory.ts';
import { parseField } from './fields.ts';
import { type Names, namesOf } from './names.ts';
import type { Request } from './slice.ts';

/** For each type, what a field of it looks like in the schemas; its argument is found elsewhere. */
const WITHOUT_ARGUMENT = ['string', 'text', 'int', 'boolean', 'date', 'money'];

/**
 * The request that made a feature as it is now; fields that were written or changed by hand are not in it.
 * @throws Error when it is no feature of the generator's
 */
export function requestOf(feature: string): Request {
  const names = namesOf(feature);
  const folder = `libs/features/${feature}`;
  if (!existsSync(join(ROOT, folder))) throw new Error(`There is no feature ${feature} in libs/features.`);

  const crud = existsSync(join(ROOT, folder, 'http'));
  const draft = /^const draft = \{$([^]*?)^\};$/m.exec(crud ? read(`${folder}/http/${names.singular}.schemas.ts`) : '');
  if (!draft)
    throw new Error(
      `${feature} has no routes that were generated, so nothing tells where a field goes: docs/recipes.md shows it.`,
    );
  const lines = `${draft[1]}\n`.split(/,\n(?= {2}\w|\s*$)/).map((line) => line.replaceAll(/\s/g, ''));
  const fields = lines.filter(Boolean).flatMap((line) => fieldOf(line, names) ?? []);
  if (fields.length === 0)
    throw new Error(`No field of ${feature} is as it was generated: docs/recipes.md shows where one goes.`);
  return {
    name: feature,
    fields,
    job: existsSync(join(ROOT, folder, 'jobs')),
    crud,
  };
}

/** As it would be asked for; undefined for one that is not as it was generated. */
function fieldOf(line: string, names: Names): string | undefined {
  const [, name = '', schema = '', nullable] = /^(\w+):(.*?)(\.nullable\(\))?$/.exec(line) ?? [];
  const mark = nullable ? '?' : '';
  const argument = enumValues(schema, names) ?? target(name, names);
  const candidates = [
    ...WITHOUT_ARGUMENT.map((type) => `${name}:${type}${mark}`),
    ...(argument ? [`${name}:${argument}${mark}`] : []),
  ];
  return candidates.find((text) => parseField(text, names).input.replaceAll(/\s/g, '') === schema);
}

function enumValues(schema: string, { plural, singular }: Names): string | undefined {
  const [, constant] = /^z\.enum\((\w+)\)$/.exec(schema) ?? [];
  const domain = read(`libs/features/${plural}/domain/${singular}.ts`);
  const [, values] = new RegExp(`^export const ${constant} = \\[([^\\]]*)\\]`, 'm').exec(domain) ?? [];
  return values && `enum:${[...values.matchAll(/'(\w+)'/g)].map(([, value]) => value).join('/')}`;
}

function target(name: string, { plural }: Names): string | undefined {
  const relation = new RegExp(`^ {2}\\w+ +(\\w+)\\?? .*@relation\\(fields: \\[${name}\\]`, 'm');
  const [, model] = relation.exec(read(`prisma/models/${plural}.prisma`)) ?? [];
  const file = globSync('prisma/models/*.prisma', { cwd: ROOT }).find((path) =>
    new RegExp(`^model ${model} \\{`, 'm').test(read(path)),
  );
  return model && file && `reference:${basename(file, '.prisma')}`;
}

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
