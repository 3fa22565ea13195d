import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  None,
} from 'openid-client';
import type { Config } from '#platform/config/config.js';
import { OidcProviderUnavailable } from '../domain/identity.errors.js';

export type ProviderSettings = Config['OIDC_PROVIDERS'][number];

/** For each call to a provider: a person is waiting, and so is a connection of ours. */
export const TIMEOUT_SECONDS = 3;
/** Providers move endpoints rarely, and announce it. */
const FRESH_MS = 60 * 60_000;
/** While a provider is down, one request in this time finds out; the others are told at once. */
const PAUSE_MS = 2_000;

/** What one provider says about itself, asked for when somebody first needs it: a provider that is down stops nobody's start. */
export class ProviderClient {
  private known: { configuration: Configuration; readAt: number } | undefined;
  private reading: Promise<Configuration> | undefined;
  private failure: { error: unknown; at: number } | undefined;

  constructor(
    readonly settings: ProviderSettings,
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
      const configuration = await discover(this.settings);
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

function discover({ issuer, clientId, clientSecret }: ProviderSettings): Promise<Configuration> {
  const server = new URL(issuer);
  // Plain http comes through the configuration for addresses of this machine only.
  const insecure = server.protocol === 'http:' ? [allowInsecureRequests] : [];
  return discovery(server, clientId, undefined, authenticationWith(clientSecret), {
    timeout: TIMEOUT_SECONDS,
    execute: [enableNonRepudiationChecks, ...insecure],
  });
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
