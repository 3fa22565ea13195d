import { applyDecorators, Header } from '@nestjs/common';
import { Public } from '../routes/access.decorators.js';

/** Our own pages load our own scripts, speak with this API alone, and are framed by nobody. */
const POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** For a method that returns a page for people. */
export const HtmlPage = () =>
  applyDecorators(
    Public(),
    Header('content-type', 'text/html; charset=utf-8'),
    Header('content-security-policy', POLICY),
  );

/** For a method that returns the script of such a page. */
export const PageScript = () => applyDecorators(Public(), Header('content-type', 'text/javascript; charset=utf-8'));

export const PageStyle = () => applyDecorators(Public(), Header('content-type', 'text/css; charset=utf-8'));
