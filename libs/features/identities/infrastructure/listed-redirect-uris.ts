import { Injectable } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import type { RedirectUris } from '../application/sign-in/redirect-uris.js';

@Injectable()
export class ListedRedirectUris implements RedirectUris {
  private readonly listed: ReadonlySet<string>;

  constructor({ OIDC_REDIRECT_URIS }: Config) {
    this.listed = new Set(OIDC_REDIRECT_URIS);
  }

  has(uri: string): boolean {
    return this.listed.has(uri);
  }
}
