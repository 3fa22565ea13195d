import pc from 'picocolors';
import { PEOPLE } from '../oidc-provider/settings.ts';
import type { RunFile } from './run-file.ts';

const ITEM = '{"sku":"book-1","quantity":2,"unitPrice":{"amount":1250,"currency":"EUR"}}';
const JSON_BODY = "-H 'content-type: application/json'";

/** Three lines to paste into any shell: no jq on a bare machine. */
export function curlLines({ api, admin }: Pick<RunFile, 'api' | 'admin'>): readonly string[] {
  const login = `curl -s ${api}/v1/auth/login ${JSON_BODY} -d '${JSON.stringify(admin)}'`;
  const bearer = '-H "authorization: Bearer $TOKEN"';
  const order = `curl -s ${api}/v1/orders ${bearer} -H "idempotency-key: $(date +%s)" ${JSON_BODY} -d '{"items":[${ITEM}]}'`;
  return [
    `TOKEN=$(${login} | grep -o '"accessToken":"[^"]*"' | cut -d'"' -f4)`,
    `ORDER=$(${order} | grep -o '"id":"[^"]*"' | head -n 1 | cut -d'"' -f4)`,
    `until curl -s ${api}/v1/orders/$ORDER ${bearer} | grep '"status":"fulfilled"'; do sleep 1; done`,
  ];
}

export function summary(run: RunFile, directory: string): string {
  const colours = pc.createColors(process.stdout.isTTY === true);
  const { api, worker, docs, mailbox, oidcIssuer, admin } = run;
  const people = PEOPLE.map(({ email, password }) => `${email}  ${password}`).join(', ');
  const rows = [
    ['API', api],
    ['Docs', docs],
    ['Worker', worker],
    ['Mailbox', mailbox],
    ...(oidcIssuer ? [['Sign in', `${docs}/sign-in  as somebody of ${oidcIssuer}: ${people}`]] : []),
    ['Admin', `${admin.email}  ${admin.password}`],
    ['State', directory],
  ];
  return [
    '',
    ...rows.map(([name = '', value = '']) => `  ${colours.bold(name.padEnd(9))} ${value}`),
    '',
    '  Sign in, place an order, and read it until the worker has fulfilled it:',
    '',
    ...curlLines(run),
    '',
    `  ${colours.dim('Ctrl-C stops everything. A change in apps/, libs/ or the models in prisma/ restarts api and worker.')}`,
    '',
  ].join('\n');
}
