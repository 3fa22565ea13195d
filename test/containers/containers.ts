import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ended, engine, engineOutput, isPodman, RESTRICTED } from './engine.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Of Debian and Ubuntu: what this machine trusts, the build may trust. */
const TRUSTED_HERE = '/etc/ssl/certs/ca-certificates.crt';

/** Values as platforms mount them, each in a file. */
export type Secrets = Readonly<Record<string, string>>;

type Run = Readonly<{ command?: readonly string[]; env?: Readonly<Record<string, string>> }>;

/** The image of this checkout, and containers of it that run as production runs them. */
export class Image {
  readonly name = `image-under-test:${randomUUID().slice(0, 8)}`;
  private readonly volume = `files-under-test-${randomUUID().slice(0, 8)}`;
  private readonly secrets = mkdtempSync(join(tmpdir(), 'secrets-'));
  private readonly started: string[] = [];

  constructor() {
    // Of what belongs to whoever runs the tests, the user in the container may read what all may.
    chmodSync(this.secrets, 0o755);
  }

  async build(): Promise<void> {
    const ca = process.env.NODE_EXTRA_CA_CERTS || TRUSTED_HERE;
    await engineOutput(
      ...['build', '--network=host', '--tag', this.name],
      // Else it drops the HEALTHCHECK, which only Docker's format has.
      ...(isPodman() ? ['--format=docker'] : []),
      ...(existsSync(ca) ? ['--secret', `id=ca,src=${ca}`] : []),
      ROOT,
    );
  }

  /** To be found by all containers in /run/secrets. @returns the variables that name the files */
  mount(secrets: Secrets): Record<string, string> {
    for (const [name, value] of Object.entries(secrets)) writeFileSync(join(this.secrets, name), value);
    return Object.fromEntries(Object.keys(secrets).map((name) => [`${name}_FILE`, `/run/secrets/${name}`]));
  }

  /** To its end. */
  run({ command = [], env = {} }: Run = {}): Promise<Ended> {
    return engine('run', '--rm', ...this.options(env), this.name, ...command);
  }

  /** In the background. @returns its name */
  async start({ command = [], env = {} }: Run): Promise<string> {
    const name = `under-test-${randomUUID().slice(0, 8)}`;
    this.started.push(name);
    await engineOutput('run', '--detach', '--init', '--name', name, ...this.options(env), this.name, ...command);
    return name;
  }

  /** Of all containers that were started. */
  async logs(): Promise<string> {
    const ended = await Promise.all(this.started.map((name) => engine('logs', name)));
    return ended.map(({ stdout, stderr }) => stdout + stderr).join('\n');
  }

  async remove(): Promise<void> {
    for (const name of this.started) await engine('rm', '--force', '--volumes', name);
    await engine('volume', 'rm', '--force', this.volume);
    await engine('rmi', '--force', this.name);
    rmSync(this.secrets, { recursive: true });
  }

  private options(env: Readonly<Record<string, string>>): string[] {
    return [
      ...RESTRICTED,
      ...(isPodman() ? ['--read-only-tmpfs=false'] : []),
      ...['--volume', `${this.volume}:/data`, '--volume', `${this.secrets}:/run/secrets:ro`],
      ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ];
  }
}
