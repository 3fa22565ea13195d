import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';

export type Certificate = Readonly<{ certificateFile: string; keyFile: string; text: string; remove: () => void }>;

const isPossible = spawnSync('openssl', ['version']).status === 0;
// Loudly: what is not run is not proven.
if (!isPossible)
  console.warn('No openssl on the PATH, which makes certificates: the tests of TLS to Postgres and Redis are skipped.');

export const describeWithCertificates = isPossible ? describe : describe.skip;

/** Signed by itself, good for a day and for 127.0.0.1 alone. */
export function aCertificate(): Certificate {
  const directory = mkdtempSync(join(tmpdir(), 'certificate-'));
  const [certificateFile, keyFile] = [join(directory, 'certificate.pem'), join(directory, 'key.pem')];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  const names = ['-subj', '/CN=tests', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', ['req', ...kind, ...names, '-keyout', keyFile, '-out', certificateFile], { stdio: 'pipe' });
  return {
    certificateFile,
    keyFile,
    text: readFileSync(certificateFile, 'utf8'),
    remove: () => rmSync(directory, { recursive: true }),
  };
}
