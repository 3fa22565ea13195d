import { Controller, Get, Header, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '#platform/access/access.decorators.js';
import { Config } from '#platform/config/config.js';
import { RouteNotFound } from '#platform/http/http.errors.js';
import { signInPage } from './sign-in-page.script.js';

const POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Sign in</title>
<link rel="icon" href="data:,">
<h1>Sign in</h1>
<p>From here to a provider and back, as a web client does it. See the <a href="/docs">API reference</a>.</p>
<p id="providers"></p>
<div id="result" aria-live="polite"></div>
<script src="/docs/sign-in.js"></script>
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
  @Public()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', POLICY)
  page(): string {
    return this.whenOn(PAGE);
  }

  @Get('sign-in.js')
  @Public()
  @Header('content-type', 'text/javascript; charset=utf-8')
  script(): string {
    return this.whenOn(SCRIPT);
  }

  private whenOn(content: string): string {
    if (!this.isOn) throw new RouteNotFound();
    return content;
  }
}
