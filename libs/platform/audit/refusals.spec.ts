import { describe, expect, it } from 'vitest';
import { AccessTokenInvalid, AuthenticationRequired, RefreshTokenReused, SessionEnded } from '../auth/auth.errors.js';
import { ValidationFailed } from '../http/errors/http.errors.js';
import { PermissionDenied } from '../kernel/access/principal.js';
import { defineError } from '../kernel/errors/app-error.js';
import { RecordedAudit } from '../testing/doubles/recorded-audit.js';
import { Refusals } from './refusals.js';

function setup() {
  const audit = new RecordedAudit();
  return { refusals: new Refusals(audit), audit };
}

const request = { method: 'GET', routeOptions: { url: '/v1/roles' } } as never;

describe('a refused request', () => {
  it.each([
    [new AccessTokenInvalid(), 'authentication.failed', 'ACCESS_TOKEN_INVALID'],
    [new RefreshTokenReused(), 'authentication.failed', 'REFRESH_TOKEN_REUSED'],
    [new PermissionDenied(), 'permission.refused', 'PERMISSION_DENIED'],
  ])('is recorded: %s', (error, type, code) => {
    const { refusals, audit } = setup();

    refusals.note(error, request);

    expect(audit.coalesced).toEqual([{ type, subjectId: null, details: { code, route: 'GET /v1/roles' } }]);
  });

  it('is recorded when it says that a proof was no good, whatever its kind', () => {
    const { refusals, audit } = setup();
    const LinkInvalid = defineError({
      kind: 'invalid',
      code: 'TEST_LINK_INVALID',
      title: 'No',
      help: 'None.',
      isFailedAuthentication: true,
    });

    refusals.note(new LinkInvalid(), request);

    expect(audit.coalesced).toMatchObject([{ type: 'authentication.failed', details: { code: 'TEST_LINK_INVALID' } }]);
  });

  it('names whom it was about, when that is known', () => {
    const { refusals, audit } = setup();

    refusals.note(new AccessTokenInvalid(undefined, { auditSubjectId: 'a-user' }), request);

    expect(audit.coalesced).toMatchObject([{ subjectId: 'a-user' }]);
  });

  it.each([new AuthenticationRequired(), new SessionEnded(), new ValidationFailed()])(
    'is not recorded: %s',
    (error) => {
      const { refusals, audit } = setup();

      refusals.note(error, request);

      expect(audit.coalesced).toEqual([]);
    },
  );
});
