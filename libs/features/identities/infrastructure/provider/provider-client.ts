import { Logger } from '@nestjs/common';
import {
  allowInsecureRequests,
  type ClientAuth,
  ClientError,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  customFetch,
  discovery,
  None,
} from 'openid-client';
import type { OidcProvider } from '#platform/config/values/oidc.js';
import { OutboundClient } from '#platform/outbound/outbound-client.js';
import { OidcProviderUnavailable } from '../../domain/identity.errors.js';
import { isSameAddress } from './issuers.js';

/** For each call to a provider: a person is waiting, and so is a connection of ours. */
export const TIMEOUT_SECONDS = 3;
/** Metadata and keys of the largest providers have a hundredth of it. */
const MAX_BYTES = 1_048_576;
/** Providers move endpoints rarely, and announce it. */
const FRESH_MS = 60 * 60_000;
/** While a provider is down, one request in this time finds out; the others are told at once. */
const PAUSE_MS = 2_000;

/** What one provider says about itself, asked for when somebody first needs it: a provider that is down stops nobody's start. */
export class ProviderClient {
  private known: { configuration: Configuration; readAt: number } | undefined;
  private reading: Promise<Configuration> | undefined;
  private failure: { error: unknown; at: number } | undefined;
  /** For libraries that take a `fetch`. */
  readonly fetch: OutboundClient['fetch'] = (address, request) => this.outbound.fetch(address, request);
  private readonly outbound = new OutboundClient({
    name: 'oidc',
    addressesFrom: 'configuration',
    maxBytes: MAX_BYTES,
    totalMs: TIMEOUT_SECONDS * 1_000,
  });

  constructor(
    readonly settings: OidcProvider,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @throws OidcProviderUnavailable */
  async configuration(): Promise<Configuration> {
    if (this.known && this.now() - this.known.readAt < FRESH_MS) return this.known.configuration;
    if (this.failure && this.now() - this.failure.at < PAUSE_MS) return this.knownOrThrow(this.failure.error);

    this.reading ??= this.read().finally(() => (this.reading = undefined));
    try {
      return await this.reading;
    } catch (error) {
      return this.knownOrThrow(error);
    }
  }

  private async read(): Promise<Configuration> {
    try {
      const configuration = await discover(this.settings, this.fetch);
      this.known = { configuration, readAt: this.now() };
      this.failure = undefined;
      return configuration;
    } catch (error) {
      this.failure = { error, at: this.now() };
      throw error;
    }
  }

  /** Outdated metadata is better than none: endpoints seldom move. */
  private knownOrThrow(error: unknown): Configuration {
    if (this.known) return this.known.configuration;
    throw new OidcProviderUnavailable(undefined, { cause: error });
  }
}

async function discover(
  { id, issuer, clientId, clientSecret }: OidcProvider,
  fetch: OutboundClient['fetch'],
): Promise<Configuration> {
  const ask = (server: URL): Promise<Configuration> =>
    discovery(server, clientId, undefined, authenticationWith(clientSecret), {
      timeout: TIMEOUT_SECONDS,
      [customFetch]: fetch,
      // Plain http comes through the configuration for addresses of this machine only.
      execute: server.protocol === 'http:' ? [allowInsecureRequests] : [],
    });
  try {
    return await ask(new URL(issuer));
  } catch (error) {
    const own = issuerNamedIn(error);
    if (own === null) throw error;

    const advice = `OIDC_PROVIDERS: the issuer of "${id}" calls itself ${own}: write it so.`;
    if (!isSameAddress(own, issuer)) throw new Error(advice, { cause: error });
    new Logger('Oidc').warn(advice);
    return ask(new URL(own));
  }
}

/** What the provider calls itself, when that is not what it was asked for as. */
function issuerNamedIn(error: unknown): string | null {
  const { attribute, body } = (error instanceof ClientError ? (error.cause ?? {}) : {}) as {
    attribute?: string;
    body?: { issuer?: string };
  };
  return attribute === 'issuer' ? (body?.issuer ?? null) : null;
}

/** As the provider wants it; RFC 8414, section 2: Basic when it does not say. */
function authenticationWith(secret: string | undefined): ClientAuth {
  if (secret === undefined) return None();
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const authenticate = methods.includes('client_secret_basic') ? ClientSecretBasic(secret) : ClientSecretPost(secret);
    return authenticate(server, ...rest);
  };
}
