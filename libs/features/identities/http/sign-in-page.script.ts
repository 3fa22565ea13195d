/** Runs in the browser, sent there as its own source: it must not use anything from outside itself. */
export async function signInPage(): Promise<void> {
  const SAVED_VERIFIER = 'code-verifier';
  const here = location.origin + location.pathname;

  const base64url = (bytes: Uint8Array): string =>
    btoa(String.fromCharCode(...bytes))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '');

  const show = (title: string, content: unknown): void => {
    const [heading, block] = [document.createElement('h2'), document.createElement('pre')];
    heading.textContent = title;
    block.textContent = JSON.stringify(content, null, 2);
    document.querySelector('#result')?.replaceChildren(heading, block);
  };

  const start = async (provider: string): Promise<void> => {
    const codeVerifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier));
    sessionStorage.setItem(SAVED_VERIFIER, codeVerifier);
    const query = new URLSearchParams({ redirectUri: here, codeChallenge: base64url(new Uint8Array(digest)) });
    location.assign(`../v1/auth/oidc/${provider}/start?${query.toString()}`);
  };

  const finish = async (code: string): Promise<void> => {
    const codeVerifier = sessionStorage.getItem(SAVED_VERIFIER);
    sessionStorage.removeItem(SAVED_VERIFIER);
    const headers = { 'content-type': 'application/json' };
    const exchanged = await fetch('../v1/auth/oidc/exchange', {
      method: 'POST',
      headers,
      body: JSON.stringify({ code, codeVerifier }),
    });
    const answer = await exchanged.json();
    if (!exchanged.ok) return show('Not signed in', answer);

    // In memory only: what a page stores, any script on the page can read.
    const me = await fetch('../v1/me', { headers: { authorization: `Bearer ${answer.data.accessToken}` } });
    show('Signed in: GET /v1/me', await me.json());
  };

  const { data: providers } = (await (await fetch('../v1/auth/oidc/providers')).json()) as {
    data: { id: string; name: string }[];
  };
  for (const { id, name } of providers) {
    const button = document.createElement('button');
    button.textContent = `Sign in with ${name}`;
    button.addEventListener('click', () => void start(id));
    document.querySelector('#providers')?.append(button);
  }
  if (providers.length === 0) show('There is no provider', 'Set OIDC_PROVIDERS.');

  const answer = new URLSearchParams(location.search);
  // A code works once, so it has no place in the history.
  history.replaceState(null, '', here);
  const [code, error] = [answer.get('code'), answer.get('error')];
  if (code !== null) await finish(code);
  if (error !== null) show('Not signed in', { error, help: `../errors/${error.toLowerCase().replaceAll('_', '-')}` });
}
