import { Controller, Get, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { PageScript, PageStyle } from '#platform/http/answers/html-page.decorators.js';
import { pageFile } from '#platform/http/answers/page-file.js';

const STYLE = pageFile(import.meta.url, 'dashboard.css');
const ACTIONS = pageFile(import.meta.url, 'actions.js');
const RETURN_TO_SIGN_IN = pageFile(import.meta.url, 'return-to-sign-in.js');

/** What our pages load. Public as their source is: nothing in it is about anybody's work. */
@Controller({ path: 'admin/queues', version: VERSION_NEUTRAL })
@ApiExcludeController()
export class DashboardFilesController {
  @Get('dashboard.css')
  @PageStyle()
  style(): string {
    return STYLE;
  }

  @Get('actions.js')
  @PageScript()
  actions(): string {
    return ACTIONS;
  }

  @Get('return-to-sign-in.js')
  @PageScript()
  returnToSignIn(): string {
    return RETURN_TO_SIGN_IN;
  }
}
