import type { components } from '../generated/api.js';
import { unlessAborted } from './abort.js';
import type { Fetch } from './fetch.js';
import { type Renewing, TokenRenewal } from './token-renewal.js';
import type { Tokens } from './tokens.js';

type Code = components['schemas']['Problem401']['code'];

/** What new tokens can mend. Without a cookie, which goes when its token expires, nobody is known. */
const MENDED_BY_RENEWAL: readonly string[] = [
  'ACCESS_TOKEN_EXPIRED',
  'ACCESS_TOKEN_INVALID',
  'AUTHENTICATION_REQUIRED',
] satisfies Code[];

/** Says who is asking. A request whose token has expired is sent again with a new one. */
export function authorized(send: Fetch, renewing: Renewing): Fetch {
  const { tokens } = renewing;
  const renewal = new TokenRenewal(renewing);

  return async (request) => {
    const used = await tokens.load();
    if (used === null) return send(request);
    const answer = await send(withTokens(request.clone(), used));
    if (!isRenewable(used) || !(await isMendedByRenewal(answer))) return answer;

    const unavailable = await unlessAborted(renewal.replace(used, request.credentials), request.signal);
    if (unavailable) return unavailable;
    const current = await tokens.load();
    return current === null ? answer : send(withTokens(request, current));
  };
}

function withTokens(request: Request, { accessToken, csrfToken }: Tokens): Request {
  // Beside an Authorization header cookies are not looked at.
  if (csrfToken !== undefined) request.headers.set('X-CSRF-Token', csrfToken);
  else if (accessToken !== undefined) request.headers.set('Authorization', `Bearer ${accessToken}`);
  return request;
}

const isRenewable = ({ refreshToken, csrfToken }: Tokens): boolean =>
  refreshToken !== undefined || csrfToken !== undefined;

async function isMendedByRenewal(answer: Response): Promise<boolean> {
  if (answer.status !== 401) return false;
  const problem = (await answer
    .clone()
    .json()
    .catch(() => null)) as { code?: string } | null;
  return MENDED_BY_RENEWAL.includes(problem?.code ?? '');
}
