/** The endpoint of the page, by which it is found again at the next start. */
const DESCRIPTION = 'The page of npm start';

type Run = Readonly<{ api: string; admin: Readonly<{ email: string; password: string }> }>;
type Endpoint = Readonly<{ id: string; description: string | null }>;

/**
 * Makes the endpoint of the administrator lead to this address, and hear of everything that happens to anybody. @returns its secret, a new
 * one each time: what was given out before is stored nowhere
 */
export async function ownEndpoint({ api, admin }: Run, url: string): Promise<string> {
  const { accessToken } = await ask<{ accessToken: string }>(`${api}/v1/auth/login`, 'POST', admin);
  const call = <T>(path: string, method = 'GET', body?: object) =>
    ask<T>(`${api}/v1/webhooks/${path}`, method, body, accessToken);

  const events = (await call<{ name: string }[]>('event-types')).map(({ name }) => name);
  const endpoints = await call<Endpoint[]>('endpoints?limit=100');
  const before = endpoints.find(({ description }) => description === DESCRIPTION);
  const wish = { url, events, description: DESCRIPTION };
  if (!before) return (await call<{ secret: string }>('endpoints', 'POST', { ...wish, audience: 'everybody' })).secret;

  await call(`endpoints/${before.id}`, 'PATCH', { ...wish, isEnabled: true });
  return (await call<{ secret: string }>(`endpoints/${before.id}/rotate-secret`, 'POST')).secret;
}

async function ask<T>(url: string, method: string, body?: object, token?: string): Promise<T> {
  const headers = {
    ...(body && { 'content-type': 'application/json' }),
    ...(token && { authorization: `Bearer ${token}` }),
  };
  const answer = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { data: T }).data;
}
