import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Provider } from 'oidc-provider';
import { signInPage } from './pages.ts';
import type { Person } from './settings.ts';

const PATH = /^\/interaction\/([\w-]+)(\/abort)?$/;
// No form-action: browsers apply it to the redirects after a form as well, and those lead to the client.
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'";

/** The pages of the provider on which a person acts. False when the request is not for one of them. */
export async function answerInteraction(
  provider: Provider,
  people: readonly Person[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const [, uid, abort] = PATH.exec(request.url ?? '') ?? [];
  if (uid === undefined) return false;

  if (abort) {
    await provider.interactionFinished(request, response, {
      error: 'access_denied',
      error_description: 'The person cancelled.',
    });
  } else if (request.method === 'POST') {
    const form = new URLSearchParams(await text(request));
    const person = people.find(
      ({ email, password }) => email === form.get('login') && password === form.get('password'),
    );
    if (person) await provider.interactionFinished(request, response, { login: { accountId: person.id } });
    else send(response, signInPage(uid, people, true));
  } else {
    // Throws when the interaction is not this browser's.
    const { prompt } = await provider.interactionDetails(request, response);
    // Apps of phones must ask for consent each time; here it goes without saying.
    const isConsent = prompt.name === 'consent';
    if (isConsent)
      await provider.interactionFinished(request, response, { consent: {} }, { mergeWithLastSubmission: true });
    else send(response, signInPage(uid, people, false));
  }
  return true;
}

function send(response: ServerResponse, page: string): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': POLICY,
    'cache-control': 'no-store',
  });
  response.end(page);
}
