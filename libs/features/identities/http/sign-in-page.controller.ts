import { Controller, Get, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Config } from '#platform/config/config.js';
import { HtmlPage, PageScript } from '#platform/http/answers/html-page.decorators.js';
import { pageFile } from '#platform/http/answers/page-file.js';
import { RouteNotFound } from '#platform/http/errors/http.errors.js';

/** Every address in it is relative: PUBLIC_URL may have a path. */
const PAGE = pageFile(import.meta.url, 'sign-in.html');
const SCRIPT = pageFile(import.meta.url, 'sign-in.js');

/** Where a person can click through a sign-in and read how a client does it. There when the reference is. */
@Controller({ path: 'docs', version: VERSION_NEUTRAL })
@ApiExcludeController()
export class SignInPageController {
  private readonly isOn: boolean;

  constructor({ DOCS, NODE_ENV }: Config) {
    this.isOn = DOCS ?? NODE_ENV !== 'production';
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

  private whenOn(content: string): string {
    if (!this.isOn) throw new RouteNotFound();
    return content;
  }
}
