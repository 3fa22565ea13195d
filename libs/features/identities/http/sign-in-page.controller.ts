import { Controller, Get, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Config } from '#platform/config/config.js';
import { HtmlPage, PageScript } from '#platform/http/answers/html-page.decorators.js';
import { RouteNotFound } from '#platform/http/errors/http.errors.js';
import { signInPage } from './sign-in-page.script.js';

/** Every address in it is relative: PUBLIC_URL may have a path. */
const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Sign in</title>
<link rel="icon" href="data:,">
<h1>Sign in</h1>
<p>From here to a provider and back, as a web client does it. See the <a href="../docs">API reference</a>.</p>
<p id="providers"></p>
<div id="result" aria-live="polite"></div>
<script src="sign-in.js"></script>
</html>
`;
const SCRIPT = `(${signInPage.toString()})();\n`;

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
