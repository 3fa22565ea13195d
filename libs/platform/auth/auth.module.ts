import { Global, Module } from '@nestjs/common';
import { UserSessions } from '../kernel/user-sessions.js';
import { AccessTokens } from './access-tokens.js';
import { Authentication } from './authentication.js';
import { CsrfProtection } from './csrf-protection.js';
import { DiscoveryController } from './discovery.controller.js';
import { EndedSessions } from './ended-sessions.js';
import { EndedSessionsBroadcast } from './ended-sessions-broadcast.js';
import { EndedSessionsReader } from './ended-sessions-reader.js';
import { JwksController } from './jwks.controller.js';
import { RecentSignIns } from './recent-sign-ins.js';
import { RefreshTokens } from './refresh-tokens.js';
import { SessionAuthentication } from './session-authentication.js';
import { SessionLifetimes } from './session-lifetimes.js';
import { SessionStore } from './session-store.js';
import { SessionTransport } from './session-transport.js';
import { Sessions } from './sessions.js';
import { SigningKeysRecord } from './signing-keys-record.js';
import { SigningKeys } from './signing-keys.js';

const tokens = [SigningKeys, SigningKeysRecord, AccessTokens, RefreshTokens];
const sessions = [Sessions, { provide: UserSessions, useExisting: Sessions }, SessionLifetimes, SessionStore];
const requests = [Authentication, RecentSignIns, SessionAuthentication, CsrfProtection, SessionTransport];
const ended = [EndedSessions, EndedSessionsBroadcast, EndedSessionsReader];

@Global()
@Module({
  controllers: [JwksController, DiscoveryController],
  providers: [...tokens, ...sessions, ...ended, ...requests],
  exports: [Authentication, RecentSignIns, Sessions, SessionTransport, UserSessions],
})
export class AuthModule {}
