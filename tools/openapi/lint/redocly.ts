import { type Config, createConfig, lintFromString, type NormalizedProblem } from '@redocly/openapi-core';
import { withExamples } from './examples.ts';
import { type Document, nameOf } from './operations.ts';
import { EXCEPTIONS, OFF, SETTINGS } from './ruleset.ts';

/** What the OpenAPI specification and Redocly's rules object to; examples are held against their schemas with the bodies they make together. */
export async function objectionsOfRedocly(document: Document): Promise<string[]> {
  const source = JSON.stringify(withExamples(document));
  const problems = await lintFromString({ source, config: await config() });
  return problems.filter((problem) => !isExpected(problem)).map((problem) => describe(problem, document));
}

const config = (): Promise<Config> =>
  createConfig({
    extends: ['all'],
    rules: { ...SETTINGS, ...Object.fromEntries(Object.keys(OFF).map((rule) => [rule, 'off'])) },
  });

const pointerOf = ({ location: [first] }: NormalizedProblem): string => first?.pointer ?? '#/';

const isExpected = (problem: NormalizedProblem): boolean =>
  EXCEPTIONS.some(({ rule, at }) => rule === problem.ruleId && pointerOf(problem).startsWith(at));

/** With the operation it is about, where it is about one. */
function describe(problem: NormalizedProblem, { paths }: Document): string {
  const pointer = pointerOf(problem);
  const [, kind, path = '', method = ''] = pointer
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const operation = kind === 'paths' ? paths[path]?.[method] : undefined;
  const where = operation ? `${nameOf(method, path, operation)}: ` : '';
  return `${where}${problem.message} (${problem.ruleId}, ${pointer})`;
}
