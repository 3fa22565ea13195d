import { isClientOutdated, outdatedCode } from '../../local/build/sources.ts';
import { type Finding, ok, optional } from '../finding.mjs';

type BuildFacts = Readonly<{ outdatedFiles: number; isClientOutdated: boolean }>;

export const buildFacts = (): BuildFacts => ({
  outdatedFiles: outdatedCode().length,
  isClientOutdated: isClientOutdated(),
});

const HOW = 'npm run build, or the next npm start';

export function checkBuild({ outdatedFiles, isClientOutdated }: BuildFacts): readonly Finding[] {
  return [
    isClientOutdated
      ? optional('Prisma client', 'missing, or older than the models', HOW)
      : ok('Prisma client', 'up to date'),
    outdatedFiles > 0
      ? optional('dist', `${outdatedFiles} files are missing, or older than their source`, HOW)
      : ok('dist', 'up to date'),
  ];
}
