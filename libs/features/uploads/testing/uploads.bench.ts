import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import pg from 'pg';
import sharp from 'sharp';
import type { FeatureBenchmark } from '../../../../bench/feature-benchmarks.ts';
import { median } from '../../../../bench/measure/statistics.ts';
import { handWrittenUploads, s3ClientOf } from './bench/hand-written.ts';
import { cpuOf } from './bench/measured.ts';
import { ownUploads } from './bench/own-uploads.ts';

const ROUNDS = 5;
const WARM_UP = 50;
const UPLOADS = 200;
const AT_MOST = 1.3;

const AN_IMAGE = sharp({ create: { width: 400, height: 300, channels: 3, background: '#a04020' } }).png();

/** A form and its confirmation, against the same statements and calls by hand. Sending the file is nobody's work here. */
export const measure: FeatureBenchmark = async ({ environment }, say) => {
  const store = fork(fileURLToPath(new URL('bench/store.ts', import.meta.url)));
  const [storage] = (await once(store, 'message')) as [Record<string, string>];
  const variables = { ...environment, ...storage };
  const [content, userId] = [await AN_IMAGE.toBuffer(), await aUser(variables)];
  const client = s3ClientOf(variables);
  const put = (Key: string) =>
    client.send(new PutObjectCommand({ Bucket: variables['S3_BUCKET'], Key, Body: content, ContentType: 'image/png' }));

  const own = await ownUploads(variables, userId, content.length);
  const byHand = await handWrittenUploads(variables, userId, content.length);
  for (const uploader of [own, byHand]) await cpuOf(uploader, put, WARM_UP);
  const rounds = [];
  for (let round = 1; round <= ROUNDS; round++) {
    say(`uploads: round ${round} of ${ROUNDS}`);
    rounds.push({ byHand: await cpuOf(byHand, put, UPLOADS), own: await cpuOf(own, put, UPLOADS) });
  }
  await Promise.all([own.close(), byHand.close()]);
  client.destroy();
  store.disconnect();
  return section(rounds);
};

async function aUser(environment: Readonly<Record<string, string>>): Promise<string> {
  const database = new pg.Client({ connectionString: environment['DATABASE_URL'] });
  await database.connect();
  const { rows } = await database.query(
    `INSERT INTO users (id, email, created_at, updated_at) VALUES (gen_random_uuid(), 'bench-uploads@example.test', now(), now()) RETURNING id`,
  );
  await database.end();
  return rows[0].id as string;
}

function section(rounds: readonly Readonly<{ own: number; byHand: number }>[]): string {
  const of = (pick: (round: (typeof rounds)[number]) => number) => median(rounds.map(pick));
  return [
    '## Uploads',
    '',
    'CPU of a form and its confirmation, against the same statements and calls of the SDK by hand; the file goes past both.',
    '',
    '| | µs of CPU |',
    '| --- | ---: |',
    `| by hand | ${of(({ byHand }) => byHand).toFixed(0)} |`,
    `| this platform | ${of(({ own }) => own).toFixed(0)} |`,
    '',
    `- against the calls by hand: **${of(({ own, byHand }) => own / byHand).toFixed(2)}** (at most ${AT_MOST})`,
  ].join('\n');
}
