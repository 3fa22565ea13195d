import { expect, it } from 'vitest';
import { IdTokenInvalid } from '../../domain/identity.errors.js';
import { identitiesSetup } from '../../testing/identities-setup.js';
import { anExternalAccount } from '../../testing/identity.factory.js';
import { InMemorySpentProofs } from '../../testing/in-memory-spent-proofs.js';
import { RedeemIdToken } from '../sign-in/id-token/redeem-id-token.js';
import { LinkWithIdToken } from './link-with-id-token.js';

it('links the external account that an id_token is about, with its nonce only and once', async () => {
  const { linkIdentity, providers, aSignedInUser } = identitiesSetup();
  const linkWithIdToken = new LinkWithIdToken(new RedeemIdToken(providers, new InMemorySpentProofs()), linkIdentity);
  const [principal, account] = [await aSignedInUser(), anExternalAccount()];
  providers.knows('token', account, 'nonce');
  const present = (nonce: string) => linkWithIdToken.execute(principal, { provider: 'acme', idToken: 'token', nonce });

  await expect(present('another')).rejects.toThrow(IdTokenInvalid);
  expect(await present('nonce')).toMatchObject({ userId: principal.id, subject: account.subject });
  await expect(present('nonce')).rejects.toThrow(IdTokenInvalid);
});
