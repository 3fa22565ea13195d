import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import { newId } from '#platform/kernel/values/ids.js';
import { RedirectUriNotAllowed } from '../../domain/identity.errors.js';
import { beginSignIn, type SignInRequest } from '../../domain/sign-in.js';
import { IdentityProviders, type ResponseMode } from '../identity-providers.js';
import { RedirectUris } from './redirect-uris.js';
import { SignInCipher } from './sign-in-cipher.js';

/** Stores nothing: a million calls cost a million encryptions. */
@Injectable()
export class StartSignIn {
  constructor(
    private readonly redirectUris: RedirectUris,
    private readonly cipher: SignInCipher,
    private readonly providers: IdentityProviders,
    private readonly clock: Clock,
  ) {}

  /**
   * @param secretOf the browser's secret, which has to be there when it comes back in this way
   * @returns the address at the provider
   */
  execute(request: SignInRequest, secretOf: (mode: ResponseMode) => string): Promise<string> {
    if (!this.redirectUris.has(request.redirectUri)) throw new RedirectUriNotAllowed();

    const browser = secretOf(this.providers.get(request.provider).responseMode);
    const attempt = beginSignIn(request, newId(), this.clock.now());
    const state = this.cipher.encryptAttempt(attempt, browser);
    return this.providers.authorizationUrl(attempt.provider, { state, ...this.cipher.checksFor(attempt, browser) });
  }
}
