import { Controller, Get, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Config } from '#platform/config/config.js';
import { HtmlPage, PageScript } from '#platform/http/answers/html-page.decorators.js';
import { RouteNotFound } from '#platform/http/errors/http.errors.js';
import { mailLinkPage } from './mail-link-page.script.js';

/** Every address in it is relative: PUBLIC_URL may have a path. */
const page = (title: string, form: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<h1>${title}</h1>
${form}
<p id="result" aria-live="polite"></p>
<script src="mail-link.js"></script>
</html>
`;

/** A button, not the visit, does it: programs that read mail visit its links too. */
const VERIFY_EMAIL = page(
  'Confirm your e-mail address',
  `<form data-path="v1/auth/email/verify" data-done="Your address is confirmed: you can sign in now. If others tried to register with it as well, look for a mail to choose your password.">
<button>Confirm</button>
</form>`,
);
const RESET_PASSWORD = page(
  'Choose a new password',
  `<form data-path="v1/auth/password/reset" data-done="Your password is changed: sign in with it now.">
<p><label>New password <input name="password" type="password" autocomplete="new-password" required></label></p>
<button>Change the password</button>
</form>`,
);
const SCRIPT = `(${mailLinkPage.toString()})();\n`;

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
