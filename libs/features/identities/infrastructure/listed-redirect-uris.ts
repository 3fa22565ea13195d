import { Injectable } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import { servesSignInPage } from '#platform/config/served-pages.js';
import type { RedirectUris } from '../application/sign-in/redirect-uris.js';

@Injectable()
export class ListedRedirectUris implements RedirectUris {
  private readonly listed: ReadonlySet<string>;

  constructor(config: Config) {
    const ownPage = servesSignInPage(config) ? [`${config.PUBLIC_URL}/sign-in`] : [];
    this.listed = new Set([...config.OIDC_REDIRECT_URIS, ...ownPage]);
  }

  has(uri: string): boolean {
    return this.listed.has(uri);
  }
}
