import { Module } from '@nestjs/common';
import { AccountsApiModule, AccountsWorkerModule } from '#features/accounts/accounts.module.js';
import { forgottenWithUser } from '#platform/access/rows-of-users.js';
import { OpenApiTag } from '#platform/http/routes/tag.decorator.js';
import { AddIdentity } from './application/add-identity.js';
import { AfterIdentityChange } from './application/after-identity-change.js';
import { IdentitiesRepository } from './application/identities.repository.js';
import { IdentityMailer } from './application/identity-mailer.js';
import { IdentityProviders } from './application/identity-providers.js';
import { LinkIdentity } from './application/own-identities/link-identity.js';
import { LinkWithCode } from './application/own-identities/link-with-code.js';
import { LinkWithIdToken } from './application/own-identities/link-with-id-token.js';
import { ListIdentities } from './application/own-identities/list-identities.js';
import { UnlinkIdentity } from './application/own-identities/unlink-identity.js';
import { ExchangeCode } from './application/sign-in/exchange-code.js';
import { FindOrLinkUser } from './application/sign-in/find-or-link-user.js';
import { FinishSignIn } from './application/sign-in/finish-sign-in.js';
import { RedeemIdToken } from './application/sign-in/id-token/redeem-id-token.js';
import { SignInWithIdToken } from './application/sign-in/id-token/sign-in-with-id-token.js';
import { SpentProofs } from './application/sign-in/id-token/spent-proofs.js';
import { RedeemCode } from './application/sign-in/redeem-code.js';
import { RedirectUris } from './application/sign-in/redirect-uris.js';
import { SignIn } from './application/sign-in/sign-in.js';
import { SignInCipher } from './application/sign-in/sign-in-cipher.js';
import { StartSignIn } from './application/sign-in/start-sign-in.js';
import { IdentitiesController } from './http/identities.controller.js';
import { OidcController } from './http/oidc.controller.js';
import { OidcBrowserController } from './http/oidc-browser.controller.js';
import { SignInPageController } from './http/sign-in-page.controller.js';
import { AesSignInCipher } from './infrastructure/aes-sign-in-cipher.js';
import { ListedRedirectUris } from './infrastructure/listed-redirect-uris.js';
import { PrismaIdentitiesRepository } from './infrastructure/prisma-identities.repository.js';
import { OpenIdProviders } from './infrastructure/provider/openid-providers.js';
import { SqlSpentProofs, spentProofsRetention } from './infrastructure/sql-spent-proofs.js';
import { TemplatedIdentityMailer } from './infrastructure/templated-identity-mailer.js';
import { SendIdentityChangedEmailHandler } from './jobs/send-identity-changed-email.handler.js';

const signIn = [
  StartSignIn,
  FinishSignIn,
  RedeemCode,
  RedeemIdToken,
  ExchangeCode,
  SignInWithIdToken,
  SignIn,
  FindOrLinkUser,
];
const ownIdentities = [
  ListIdentities,
  LinkWithCode,
  LinkWithIdToken,
  LinkIdentity,
  UnlinkIdentity,
  AddIdentity,
  AfterIdentityChange,
];
const adapters = [
  { provide: IdentitiesRepository, useClass: PrismaIdentitiesRepository },
  { provide: IdentityProviders, useClass: OpenIdProviders },
  { provide: RedirectUris, useClass: ListedRedirectUris },
  { provide: SignInCipher, useClass: AesSignInCipher },
  { provide: SpentProofs, useClass: SqlSpentProofs },
  forgottenWithUser('identities'),
];

/** Mounted by apps/api. */
@OpenApiTag({
  name: 'Identity providers',
  description: 'Signing in through OpenID providers, and linking them to an account.',
})
@Module({
  imports: [AccountsApiModule],
  controllers: [OidcController, OidcBrowserController, IdentitiesController, SignInPageController],
  providers: [...signIn, ...ownIdentities, ...adapters],
})
export class IdentitiesApiModule {}

/** Mounted by apps/worker. */
@Module({
  imports: [AccountsWorkerModule],
  providers: [
    SendIdentityChangedEmailHandler,
    { provide: IdentityMailer, useClass: TemplatedIdentityMailer },
    spentProofsRetention,
  ],
})
export class IdentitiesWorkerModule {}
