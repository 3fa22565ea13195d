import { globSync } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';
import { PEOPLE } from '../oidc-provider/settings.ts';
import { ROOT } from '../servers/local-directory.ts';
import type { RunFile } from './settings/run-file.ts';

/** What one can try with a feature: lines for any shell, after TOKEN was set by the line that signs in. */
export type Tour = Readonly<{
  title: string;
  curlLines: (api: string) => readonly string[];
  /** It needs a page that only `npm start` brings. */
  isLocal?: true;
}>;

export const JSON_BODY = "-H 'content-type: application/json'";
export const BEARER = '-H "authorization: Bearer $TOKEN"';

/** No jq on a bare machine. */
export function signInLine({ api, admin }: Pick<RunFile, 'api' | 'admin'>): string {
  const signIn = `curl -s ${api}/v1/auth/login ${JSON_BODY} -d '${JSON.stringify(admin)}'`;
  return `TOKEN=$(${signIn} | grep -o '"accessToken":"[^"]*"' | cut -d'"' -f4)`;
}

/** Those of the features: `testing/<name>.tour.ts`. */
export async function featureTours(): Promise<readonly Tour[]> {
  const files = globSync('libs/features/*/testing/*.tour.ts', { cwd: ROOT }).sort();
  const modules = await Promise.all(files.map((file) => import(join(ROOT, file)) as Promise<{ tour: Tour }>));
  return modules.map(({ tour }) => tour);
}

export function summary(run: RunFile, directory: string, tours: readonly Tour[]): string {
  const colours = pc.createColors(process.stdout.isTTY === true);
  const { api, worker, docs, mailbox, pages = {}, objectStore, oidcIssuer, admin } = run;
  const people = PEOPLE.map(({ email, password }) => `${email}  ${password}`).join(', ');
  const rows = [
    ['API', api],
    ['Docs', docs],
    ['Worker', worker],
    ['Mailbox', mailbox],
    ...Object.entries(pages).map(([name, url]) => [`${name.charAt(0).toUpperCase()}${name.slice(1)}`, url]),
    ['Queues', `${api}/admin/queues  for the administrator`],
    ['Sign in', `${api}/sign-in`],
    ['Admin', `${admin.email}  ${admin.password}`],
    ...(oidcIssuer ? [['People', `${people}  of ${oidcIssuer}`]] : []),
    ...(objectStore ? [['Files', `${objectStore}  speaks S3`]] : []),
    ['State', directory],
  ];
  return [
    '',
    ...rows.map(([name = '', value = '']) => `  ${colours.bold(name.padEnd(9))} ${value}`),
    '',
    '  Sign in:',
    '',
    signInLine(run),
    '',
    ...tours.flatMap(({ title, curlLines }) => [`  ${title}:`, '', ...curlLines(api), '']),
    `  ${colours.dim('Ctrl-C stops everything. A change in apps/, libs/ or the models in prisma/ restarts api and worker.')}`,
    '',
  ].join('\n');
}
