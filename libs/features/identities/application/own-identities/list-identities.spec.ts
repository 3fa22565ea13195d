import { expect, it } from 'vitest';
import { identitiesSetup } from '../../testing/identities-setup.js';
import { ListIdentities } from './list-identities.js';

it('lists own identities alone, with the provider at which they still work', async () => {
  const { identities, providers, aSignedInUser, anIdentityOf } = identitiesSetup();
  const [principal, other] = [await aSignedInUser(), await aSignedInUser()];
  const [usable, gone] = [
    await anIdentityOf(principal),
    await anIdentityOf(principal, { issuer: 'https://gone.example.test' }),
  ];
  await anIdentityOf(other);

  expect(await new ListIdentities(identities, providers).execute(principal)).toEqual([
    { ...usable, provider: 'acme' },
    { ...gone, provider: null },
  ]);
});
