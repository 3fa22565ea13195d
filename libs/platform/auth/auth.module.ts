import { Global, Module } from '@nestjs/common';
import { OpenApiTag } from '../http/routes/tag.decorator.js';
import { UserSessions } from '../kernel/access/user-sessions.js';
import { ApiKeyStore } from './api-keys/api-key-store.js';
import { ApiKeyUsage } from './api-keys/api-key-usage.js';
import { ApiKeys } from './api-keys/api-keys.js';
import { DiscoveryController } from './discovery/discovery.controller.js';
import { JwksController } from './discovery/jwks.controller.js';
import { Authentication } from './requests/authentication.js';
import { CsrfProtection } from './requests/csrf-protection.js';
import { SessionAuthentication } from './requests/session-authentication.js';
import { SessionTransport } from './requests/session-transport.js';
import { EndedSessions } from './sessions/ended-sessions.js';
import { EndedSessionsBroadcast } from './sessions/ended-sessions-broadcast.js';
import { EndedSessionsReader } from './sessions/ended-sessions-reader.js';
import { RecentSignIns } from './sessions/recent-sign-ins.js';
import { SessionLifetimes } from './sessions/session-lifetimes.js';
import { SessionStore } from './sessions/session-store.js';
import { Sessions } from './sessions/sessions.js';
import { AccessTokens } from './tokens/access-tokens.js';
import { RefreshTokens } from './tokens/refresh-tokens.js';
import { SigningKeys } from './tokens/signing-keys.js';
import { SigningKeysRecord } from './tokens/signing-keys-record.js';

const tokens = [SigningKeys, SigningKeysRecord, AccessTokens, RefreshTokens];
const sessions = [Sessions, { provide: UserSessions, useExisting: Sessions }, SessionLifetimes, SessionStore];
const apiKeys = [ApiKeys, ApiKeyStore, ApiKeyUsage];
const requests = [Authentication, RecentSignIns, SessionAuthentication, CsrfProtection, SessionTransport];
const ended = [EndedSessions, EndedSessionsBroadcast, EndedSessionsReader];

@Global()
@OpenApiTag({ name: 'Discovery', description: 'For other services that verify our access tokens.' })
@Module({
  controllers: [JwksController, DiscoveryController],
  providers: [...tokens, ...sessions, ...ended, ...apiKeys, ...requests],
  exports: [Authentication, CsrfProtection, RecentSignIns, Sessions, SessionTransport, UserSessions],
})
export class AuthModule {}
