import { createPrivateKey, generateKeyPairSync, type JsonWebKey, randomBytes, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import pg from 'pg';
import { Argon2PasswordHasher } from '#features/accounts/infrastructure/passwords/argon2-password-hasher.js';
import { CREATE_PARCELS } from '../test/specimen/parcels.table.ts';
import { cloneDatabase, migratedTemplate } from '../tools/databases/migrated-template.ts';
import { createRunDirectory, removeRunDirectory } from '../tools/databases/run-directory.ts';
import { startTestPostgres } from '../tools/databases/test-postgres.ts';
import { startTestRedis } from '../tools/databases/test-redis.ts';
import { buildSpecimen } from '../tools/local/build/specimen.ts';

const ISSUER = 'http://localhost:3000';
const ONE_HOUR = 3_600;
const USERS = 64;
export const PASSWORD = 'correct horse battery staple';
const CONTENTS = [{ what: 'espresso cup', count: 2 }];

/** What every server under test finds: databases, keys, one user who is signed in and has sent one parcel. */
export type Setting = Readonly<{
  environment: Readonly<Record<string, string>>;
  authorization: string;
  parcelId: string;
  /** What sends such a parcel. */
  parcel: Readonly<Record<string, unknown>>;
  /** Others who may sign in, with PASSWORD. */
  emails: readonly string[];
  stop(): Promise<void>;
}>;

export async function createSetting(): Promise<Setting> {
  const directory = await createRunDirectory();
  const [postgres, redis] = await Promise.all([
    startTestPostgres(directory),
    startTestRedis(directory, 1),
    buildSpecimen(),
  ]);
  const databaseUrl = await cloneDatabase(
    postgres.url,
    await migratedTemplate(postgres.url),
    `bench_${randomBytes(4).toString('hex')}`,
  );

  const signingKey: JsonWebKey = {
    ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
    kid: 'bench',
    alg: 'EdDSA',
  };
  const ids = { user: randomUUID(), session: randomUUID(), parcel: randomUUID() };
  await insertUserWithParcel(databaseUrl, ids);

  return {
    environment: {
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      REDIS_URL: redis[0]?.url ?? '',
      SMTP_URL: 'smtp://127.0.0.1:1',
      PUBLIC_URL: ISSUER,
      MAIL_FROM: 'no-reply@example.com',
      APP_SECRET: randomBytes(32).toString('hex'),
      AUTH_SIGNING_KEYS: JSON.stringify({ keys: [signingKey] }),
      AUTH_ACCESS_TTL: String(ONE_HOUR),
      RATE_LIMIT_REQUESTS: '1000000000',
      RATE_LIMIT_WINDOW: String(ONE_HOUR),
      RATE_LIMITS: `login=1000000000/${ONE_HOUR}`,
    },
    authorization: `Bearer ${await accessToken(signingKey, ids)}`,
    parcelId: ids.parcel,
    parcel: { contents: CONTENTS },
    emails: await addUsers(databaseUrl),
    stop: async () => {
      await Promise.all([postgres.stop(), ...redis.map((server) => server.stop())]);
      await removeRunDirectory(directory);
    },
  };
}

type Ids = Readonly<{ user: string; session: string; parcel: string }>;

async function insertUserWithParcel(databaseUrl: string, { user, session, parcel }: Ids): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const insert = async (table: string, row: Readonly<Record<string, unknown>>) => {
    const names = Object.keys(row);
    const places = names.map((_, index) => `$${index + 1}`);
    await client.query(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places.join(', ')})`, Object.values(row));
  };
  const now = new Date();

  await insert('users', {
    id: user,
    email: `${user}@example.test`,
    email_verified_at: now,
    created_at: now,
    updated_at: now,
  });
  await insert('user_roles', { user_id: user, role_name: 'user' });
  await insert('sessions', {
    id: session,
    user_id: user,
    rotated_at: now,
    created_at: now,
    expires_at: new Date(now.getTime() + ONE_HOUR * 1000),
  });
  await client.query(CREATE_PARCELS);
  await insert('parcels', { id: parcel, sender_id: user, contents: JSON.stringify(CONTENTS) });
  await client.end();
}

async function addUsers(databaseUrl: string): Promise<string[]> {
  const emails = Array.from({ length: USERS }, () => `${randomUUID()}@example.test`);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const add =
    'INSERT INTO users (id, email, password_hash, email_verified_at, created_at, updated_at) SELECT gen_random_uuid(), email, $2, now(), now(), now() FROM unnest($1::text[]) AS email';
  await client.query(add, [emails, await new Argon2PasswordHasher().hash(PASSWORD)]);
  await client.end();
  return emails;
}

function accessToken(signingKey: JsonWebKey, { user, session }: Ids): Promise<string> {
  return new SignJWT({ client_id: 'first-party', sid: session })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'bench', typ: 'at+jwt' })
    .setIssuer(ISSUER)
    .setSubject(user)
    .setAudience('api')
    .setIssuedAt()
    .setExpirationTime(`${ONE_HOUR - 1}s`)
    .setJti(randomUUID())
    .sign(createPrivateKey({ key: signingKey, format: 'jwk' }));
}
