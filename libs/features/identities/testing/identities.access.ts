import { randomUUID } from 'node:crypto';
import { type Expectation, open, signedIn } from '#platform/testing/system/access-expectations.js';

/** Refused for what they say: the caller was let in. */
const LET_IN = 422;
const nonsense = () => ({ body: { nonsense: true } });
const ofNobody = () => ({ params: { provider: 'nobody' } });
const nonsenseOfNobody = () => ({ ...nonsense(), ...ofNobody() });

export const expectations: Readonly<Record<string, Expectation>> = {
  'Oidc.list': { statuses: open(200) },
  'Oidc.exchange': { statuses: open(LET_IN), call: nonsense },
  'Oidc.idToken': { statuses: open(LET_IN), call: nonsenseOfNobody },
  'OidcBrowser.start': { statuses: open(LET_IN), call: ofNobody },
  'OidcBrowser.callback': { statuses: open(LET_IN), call: ofNobody },
  'OidcBrowser.formCallback': { statuses: open(LET_IN), call: nonsenseOfNobody },
  'Identities.list': { statuses: signedIn(200) },
  'Identities.link': { recentSignIn: true, statuses: signedIn(LET_IN), call: nonsense },
  'Identities.linkIdToken': { recentSignIn: true, statuses: signedIn(LET_IN), call: nonsenseOfNobody },
  'Identities.unlink': { statuses: signedIn(404), call: () => ({ params: { id: randomUUID() } }) },
};
