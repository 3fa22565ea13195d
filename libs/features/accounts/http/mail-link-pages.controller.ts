import { Controller, Get, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Config } from '#platform/config/config.js';
import { HtmlPage, PageScript } from '#platform/http/answers/html-page.decorators.js';
import { pageFile } from '#platform/http/answers/page-file.js';
import { RouteNotFound } from '#platform/http/errors/http.errors.js';

/** Every address in them is relative, as PUBLIC_URL may have a path. A button, not the visit, does it: programs that read mail visit its links too. */
const VERIFY_EMAIL = pageFile(import.meta.url, 'verify-email.html');
const RESET_PASSWORD = pageFile(import.meta.url, 'reset-password.html');
const SCRIPT = pageFile(import.meta.url, 'mail-link.js');

/** Where the links in mails lead as long as there is no web client: where WEB_URL names one, nothing is here. */
@Controller({ version: VERSION_NEUTRAL })
@ApiExcludeController()
export class MailLinkPagesController {
  private readonly isOn: boolean;

  constructor({ WEB_URL }: Config) {
    this.isOn = WEB_URL === undefined;
  }

  @Get('verify-email')
  @HtmlPage()
  verifyEmail(): string {
    return this.whenOn(VERIFY_EMAIL);
  }

  @Get('reset-password')
  @HtmlPage()
  resetPassword(): string {
    return this.whenOn(RESET_PASSWORD);
  }

  @Get('mail-link.js')
  @PageScript()
  script(): string {
    return this.whenOn(SCRIPT);
  }

  private whenOn(content: string): string {
    if (!this.isOn) throw new RouteNotFound();
    return content;
  }
}
