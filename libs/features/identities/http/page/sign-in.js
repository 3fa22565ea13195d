// @ts-check
const SAVED_VERIFIER = 'code-verifier';
const here = location.origin + location.pathname;

/** @param {Uint8Array} bytes */
const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** @param {string} title @param {unknown} content */
function show(title, content) {
  const [heading, block] = [document.createElement('h2'), document.createElement('pre')];
  heading.textContent = title;
  block.textContent = JSON.stringify(content, null, 2);
  document.querySelector('#result')?.replaceChildren(heading, block);
}

/** @param {string} provider */
async function start(provider) {
  const codeVerifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier));
  sessionStorage.setItem(SAVED_VERIFIER, codeVerifier);
  const query = new URLSearchParams({ redirectUri: here, codeChallenge: base64url(new Uint8Array(digest)) });
  location.assign(`../v1/auth/oidc/${provider}/start?${query}`);
}

/** @param {string} code of ours, from the address that the provider led back to */
async function finish(code) {
  const codeVerifier = sessionStorage.getItem(SAVED_VERIFIER);
  sessionStorage.removeItem(SAVED_VERIFIER);
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ code, codeVerifier });
  const exchanged = await fetch('../v1/auth/oidc/exchange', { method: 'POST', headers, body });
  const answer = await exchanged.json();
  if (!exchanged.ok) return show('Not signed in', answer);

  // In memory only: what a page stores, any script on the page can read.
  const me = await fetch('../v1/me', { headers: { authorization: `Bearer ${answer.data.accessToken}` } });
  show('Signed in: GET /v1/me', await me.json());
}

/** @type {{ data: { id: string, name: string }[] }} */
const { data: providers } = await (await fetch('../v1/auth/oidc/providers')).json();
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
