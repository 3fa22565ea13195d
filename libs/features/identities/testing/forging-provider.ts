import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

type Answer = Readonly<{ status?: number; body: object }>;
type KeyPair = Readonly<{ privateKey: CryptoKey; publicJwk: JWK; kid: string; alg: string }>;

export async function aKeyPair(kid: string, alg = 'RS256'): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }, kid, alg };
}

/** A provider that hands out whatever id_token it is told to. It claims to support every algorithm, good and bad. */
export class ForgingProvider {
  static readonly CLIENT_ID = 'web';
  static readonly CLIENT_SECRET = 'a secret of the tests, for the tests';
  key: KeyPair;
  readonly requests: { path: string; authorization: string | undefined; body: string }[] = [];
  /** What the token endpoint answers with. */
  idToken = '';
  userInfo: object = {};
  /** Answers to be given instead of the usual ones, by path. */
  readonly broken = new Map<string, Answer | 'silence' | 'no end'>();
  /** How much of endless answers was read. */
  bytesSent = 0;
  private readonly server = createServer((request, response) => {
    void this.answer(request).then((answer) => {
      if (answer === 'silence') return;
      if (answer === 'no end') return this.answerWithoutEnd(response);
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
    });
  });

  private constructor(key: KeyPair) {
    this.key = key;
  }

  static async start(): Promise<ForgingProvider> {
    const provider = new ForgingProvider(await aKeyPair('current'));
    await new Promise<void>((resolve) => provider.server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** A token as a provider in its right mind makes it, but for the changes. */
  sign(claims: JWTPayload, { privateKey, kid, alg } = this.key, header: object = {}): Promise<string> {
    return new SignJWT(this.claims(claims)).setProtectedHeader({ alg, kid, ...header }).sign(privateKey);
  }

  claims(changes: JWTPayload): JWTPayload {
    const now = Math.floor(Date.now() / 1000);
    const somebody = { sub: 'somebody', email: 'ada@example.test' };
    return { iss: this.issuer, aud: ForgingProvider.CLIENT_ID, ...somebody, iat: now, exp: now + 300, ...changes };
  }

  asked(path: string): number {
    return this.requests.filter((request) => request.path === path).length;
  }

  private answerWithoutEnd(response: ServerResponse): void {
    const send = () => {
      while (!response.destroyed && response.write(' '.repeat(10_000))) this.bytesSent += 10_000;
    };
    response.writeHead(200, { 'content-type': 'application/json' }).on('drain', send);
    send();
  }

  private async answer(request: IncomingMessage): Promise<Answer | 'silence' | 'no end'> {
    const path = (request.url ?? '').split('?')[0] ?? '';
    this.requests.push({ path, authorization: request.headers.authorization, body: await text(request) });
    return this.broken.get(path) ?? { body: this.bodyOf(path) };
  }

  private bodyOf(path: string): object {
    if (path === '/jwks') return { keys: [this.key.publicJwk] };
    if (path === '/token')
      return { access_token: 'opaque', token_type: 'Bearer', expires_in: 60, id_token: this.idToken };
    if (path === '/userinfo') return this.userInfo;
    const at = (endpoint: string): string => `${this.issuer}/${endpoint}`;
    return {
      issuer: this.issuer,
      authorization_endpoint: at('authorize'),
      token_endpoint: at('token'),
      jwks_uri: at('jwks'),
      userinfo_endpoint: at('userinfo'),
      id_token_signing_alg_values_supported: ['RS256', 'ES256', 'EdDSA', 'HS256', 'none'],
      authorization_response_iss_parameter_supported: true,
    };
  }
}
