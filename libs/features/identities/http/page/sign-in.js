// @ts-check
import { returnAddress } from './return-address.js';

const SAVED_VERIFIER = 'code-verifier';
const SAVED_RETURN = 'return-to';
/** Of no use without the cookies, which no script can read: it may be kept where every script of this origin finds it. */
const SAVED_CSRF_TOKEN = 'csrf-token';

const api = new URL('.', import.meta.url);
const here = location.origin + location.pathname;
const query = new URLSearchParams(location.search);

/** @param {string} selector @returns {HTMLElement} */
function element(selector) {
  const found = document.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`The page has no ${selector}`);
  return found;
}

/** @param {string} text */
function say(text) {
  element('#result').textContent = text;
}

/** @param {Response} answer a problem (RFC 9457) */
async function sayWhy(answer) {
  /** @type {{ title: string, detail?: string, errors?: { detail: string }[] }} */
  const { title, detail, errors = [] } = await answer.json();
  say([`${title}.`, detail, ...errors.map((error) => error.detail)].filter(Boolean).join(' '));
}

/** @param {string} path @param {unknown} [body] */
function post(path, body) {
  const csrfToken = localStorage.getItem(SAVED_CSRF_TOKEN);
  return fetch(path, {
    method: 'POST',
    headers: {
      ...(csrfToken !== null && { 'x-csrf-token': csrfToken }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** @param {'signed-in' | 'signed-out'} part */
function show(part) {
  for (const id of ['signed-in', 'signed-out']) element(`#${id}`).hidden = id !== part;
}

/** @param {Response} answer of a sign-in, or of a refresh */
async function keep(answer) {
  const { data } = await answer.json();
  localStorage.setItem(SAVED_CSRF_TOKEN, data.csrfToken);
}

/** @param {Response} answer of a sign-in @returns {Promise<boolean>} whether somebody is signed in now */
async function begin(answer) {
  if (!answer.ok) {
    await sayWhy(answer);
    return false;
  }
  await keep(answer);
  if (await arrive()) return true;
  say('Your browser did not keep the session: it wants https, or the name localhost.');
  return false;
}

/** Goes back to where the browser came from, or says who is signed in. @returns {Promise<boolean>} false when nobody is */
async function arrive() {
  const answer = await fetch('v1/me');
  if (!answer.ok) return false;
  const { data } = await answer.json();
  if (returnTo) {
    location.replace(returnTo);
    return true;
  }
  element('#who').textContent = data.email;
  say('');
  show('signed-in');
  return true;
}

/** The access token lives for minutes, the session for weeks. */
async function refresh() {
  const answer = await post('v1/auth/refresh');
  if (answer.ok) await keep(answer);
  else if (answer.status < 500) localStorage.removeItem(SAVED_CSRF_TOKEN);
  return answer.ok;
}

/** Asks for nothing where nobody has signed in before. @returns {Promise<boolean>} whether somebody is signed in */
async function resume() {
  if (localStorage.getItem(SAVED_CSRF_TOKEN) === null) return false;
  return (await arrive()) || ((await refresh()) && (await arrive()));
}

async function signOut() {
  let answer = await post('v1/auth/logout');
  if (answer.status === 401 && (await refresh())) answer = await post('v1/auth/logout');
  // 401: the session has ended already, elsewhere or by itself.
  if (!answer.ok && answer.status !== 401) return sayWhy(answer);
  localStorage.removeItem(SAVED_CSRF_TOKEN);
  await offerToSignIn();
  say('Signed out.');
}

/** @param {Uint8Array} bytes */
const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** @param {string} provider */
async function startAt(provider) {
  const codeVerifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier));
  sessionStorage.setItem(SAVED_VERIFIER, codeVerifier);
  sessionStorage.setItem(SAVED_RETURN, returnPath ?? '');
  const asked = new URLSearchParams({ redirectUri: here, codeChallenge: base64url(new Uint8Array(digest)) });
  location.assign(`v1/auth/oidc/${provider}/start?${asked}`);
}

/** @param {string} code of ours, from the address that the provider led back to @returns {Promise<boolean>} */
async function exchange(code) {
  const codeVerifier = sessionStorage.getItem(SAVED_VERIFIER);
  sessionStorage.removeItem(SAVED_VERIFIER);
  return begin(await post('v1/auth/oidc/exchange', { code, codeVerifier, transport: 'cookie' }));
}

/** @param {string} code of an error, from the same address */
async function explain(code) {
  const answer = await fetch(`errors/${encodeURIComponent(code.toLowerCase().replaceAll('_', '-'))}`);
  const { data } = answer.ok ? await answer.json() : { data: { title: 'Not signed in', help: 'Try again.' } };
  say(`${data.title}. ${data.help}`);
}

async function offerToSignIn() {
  show('signed-out');
  /** @type {{ data: { id: string, name: string }[] }} */
  const { data: providers } = await (await fetch('v1/auth/oidc/providers')).json();
  const buttons = providers.map(({ id, name }) => {
    const button = document.createElement('button');
    button.textContent = `Sign in with ${name}`;
    button.addEventListener('click', () => void startAt(id).catch(sayNoAnswer));
    return button;
  });
  element('#providers').replaceChildren(...buttons);
}

const sayNoAnswer = () => say('The service did not answer. Try again in a moment.');

const [code, error] = [query.get('code'), query.get('error')];
const isBack = code !== null || error !== null;
const returnPath = isBack ? sessionStorage.getItem(SAVED_RETURN) : query.get('returnTo');
const returnTo = returnAddress(returnPath, api);
// A code works once, so it has no place in the history.
if (isBack) history.replaceState(null, '', here);

element('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const credentials = Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (event.target)));
  post('v1/auth/login', { ...credentials, transport: 'cookie' })
    .then(begin)
    .catch(sayNoAnswer);
});
element('#sign-out').addEventListener('click', () => void signOut().catch(sayNoAnswer));

try {
  const isSignedIn = code === null ? await resume() : await exchange(code);
  if (!isSignedIn) await offerToSignIn();
  if (error !== null) await explain(error);
} catch {
  sayNoAnswer();
}
