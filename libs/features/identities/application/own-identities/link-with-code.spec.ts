import { expect, it } from 'vitest';
import { SignInCodeInvalid } from '../../domain/identity.errors.js';
import { identitiesSetup } from '../../testing/identities-setup.js';
import { anExternalAccount } from '../../testing/identity.factory.js';
import { PKCE, signInFlow } from '../../testing/sign-in-flow.js';
import { LinkWithCode } from './link-with-code.js';

async function setup() {
  const { linkIdentity, identities, aSignedInUser } = identitiesSetup();
  const { redeemCode, aCodeFor } = signInFlow();
  const account = anExternalAccount();
  return {
    account,
    identities,
    code: await aCodeFor(account),
    principal: await aSignedInUser(),
    linkWithCode: new LinkWithCode(redeemCode, linkIdentity),
  };
}

it('links the external account that the code is about, once', async () => {
  const { linkWithCode, principal, account, code } = await setup();
  const input = { code, codeVerifier: PKCE.codeVerifier };

  expect(await linkWithCode.execute(principal, input)).toMatchObject({
    userId: principal.id,
    subject: account.subject,
  });
  await expect(linkWithCode.execute(principal, input)).rejects.toThrow(SignInCodeInvalid);
});

it('links nothing when the verifier belongs to another client', async () => {
  const { linkWithCode, principal, identities, account, code } = await setup();

  await expect(linkWithCode.execute(principal, { code, codeVerifier: 'x'.repeat(43) })).rejects.toThrow(
    SignInCodeInvalid,
  );
  expect(await identities.find(account)).toBeNull();
});
