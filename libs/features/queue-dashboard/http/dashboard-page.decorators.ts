import { applyDecorators, Header } from '@nestjs/common';
import { ForPeople } from '#platform/http/problems/for-people.decorator.js';
import { RequirePermission } from '#platform/http/routes/access.decorators.js';
import type { Permission } from '#platform/kernel/access/permissions.js';

const SIGN_IN = '/sign-in';

/** Scripts and styles are files of this address, forms lead back to it, and nobody frames it. */
const OWN =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Bull Board sets styles from its scripts, draws with images of its own, and finds them from the base of its page. */
const BULL_BOARD =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

const pageUnder = (policy: string) => (permission: Permission) =>
  applyDecorators(
    RequirePermission(permission),
    ForPeople(SIGN_IN),
    Header('content-type', 'text/html; charset=utf-8'),
    Header('content-security-policy', policy),
  );

/** For a method that returns a page of ours to holders of the permission. */
export const DashboardPage = pageUnder(OWN);
export const BullBoardPage = pageUnder(BULL_BOARD);
