import { Controller, Get, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Config } from '#platform/config/config.js';
import { servesSignInPage } from '#platform/config/served-pages.js';
import { HtmlPage, PageScript } from '#platform/http/answers/html-page.decorators.js';
import { pageFile } from '#platform/http/answers/page-file.js';
import { RouteNotFound } from '#platform/http/errors/http.errors.js';

/** Every address in them is relative: PUBLIC_URL may have a path. */
const PAGE = pageFile(import.meta.url, 'sign-in.html');
const SCRIPT = pageFile(import.meta.url, 'sign-in.js');
const RETURN_ADDRESS = pageFile(import.meta.url, 'return-address.js');

/** Where people sign in to the pages of this API, and can read how a web client does it. There when such a page is. */
@Controller({ version: VERSION_NEUTRAL })
@ApiExcludeController()
export class SignInPageController {
  private readonly isOn: boolean;

  constructor(config: Config) {
    this.isOn = servesSignInPage(config);
  }

  @Get('sign-in')
  @HtmlPage()
  page(): string {
    return this.whenOn(PAGE);
  }

  @Get('sign-in.js')
  @PageScript()
  script(): string {
    return this.whenOn(SCRIPT);
  }

  @Get('return-address.js')
  @PageScript()
  returnAddress(): string {
    return this.whenOn(RETURN_ADDRESS);
  }

  private whenOn(content: string): string {
    if (!this.isOn) throw new RouteNotFound();
    return content;
  }
}
