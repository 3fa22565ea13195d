import { expect, it } from 'vitest';
import { IdTokenInvalid } from '../../../domain/identity.errors.js';
import { FakeIdentityProviders } from '../../../testing/fake-identity-providers.js';
import { anExternalAccount } from '../../../testing/identity.factory.js';
import { InMemorySpentProofs } from '../../../testing/in-memory-spent-proofs.js';
import { RedeemIdToken } from './redeem-id-token.js';

function setup() {
  const [providers, account] = [new FakeIdentityProviders(), anExternalAccount()];
  providers.knows('token', account, 'nonce');
  const redeem = new RedeemIdToken(providers, new InMemorySpentProofs());
  return { account, redeem: (nonce = 'nonce') => redeem.execute({ provider: 'acme', idToken: 'token', nonce }) };
}

it('tells whom an id_token is about, once, whatever nonce the app makes up for it', async () => {
  const { account, redeem } = setup();

  expect(await redeem()).toEqual(account);
  await expect(redeem()).rejects.toThrow(IdTokenInvalid);
});

it('does not use up an id_token that the provider does not vouch for', async () => {
  const { account, redeem } = setup();

  await expect(redeem('another')).rejects.toThrow(IdTokenInvalid);
  expect(await redeem()).toEqual(account);
});
