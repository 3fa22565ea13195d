import { expect, it } from 'vitest';
import { IdTokenInvalid } from '../../../domain/identity.errors.js';
import { FakeIdentityProviders } from '../../../testing/fake-identity-providers.js';
import { anExternalAccount } from '../../../testing/identity.factory.js';
import { InMemorySpentProofs } from '../../../testing/in-memory-spent-proofs.js';
import { CLIENT, signInOnMemory } from '../../../testing/sign-in-flow.js';
import { RedeemIdToken } from './redeem-id-token.js';
import { SignInWithIdToken } from './sign-in-with-id-token.js';

it('signs in once with an id_token, and with its nonce only', async () => {
  const providers = new FakeIdentityProviders();
  const { sessions, signIn } = signInOnMemory();
  const signInWithIdToken = new SignInWithIdToken(new RedeemIdToken(providers, new InMemorySpentProofs()), signIn);
  providers.knows('token', anExternalAccount(), 'nonce');
  const present = (nonce: string) => signInWithIdToken.execute({ provider: 'acme', idToken: 'token', nonce }, CLIENT);

  await expect(present('another')).rejects.toThrow(IdTokenInvalid);
  await expect(present('nonce')).resolves.toBe(sessions.tokens);
  await expect(present('nonce')).rejects.toThrow(IdTokenInvalid);
});
