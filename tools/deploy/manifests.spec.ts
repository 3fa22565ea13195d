import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { envSchema } from '../../libs/platform/config/env.js';
import { loadEnv } from '../../libs/platform/config/load-env.js';
import { aValidEnv } from '../../libs/platform/testing/env.factory.js';
import { ROOT } from '../servers/local-directory.ts';
import { readImage } from './image.ts';
import { build, type Manifest } from './kustomize.ts';
import { podProblems } from './pod-rules.ts';
import { podsIn } from './pods.ts';
import { referenceProblems } from './reference-problems.ts';
import { schemaProblems } from './schema-problems.ts';

const OVERLAYS = globSync('deploy/kubernetes/overlays/*', { cwd: ROOT }).sort();
const HAS_KUBECTL = spawnSync('kubectl', ['version', '--client'], { stdio: 'ignore' }).status === 0;

const settingsIn = (manifests: readonly Manifest[]): Record<string, string> =>
  (manifests.find(({ kind }) => kind === 'ConfigMap') as Manifest & { data: Record<string, string> }).data;

const named = (manifests: readonly Manifest[], kind: string): readonly string[] =>
  manifests.filter((manifest) => manifest.kind === kind).map(({ metadata }) => metadata.name);

it('there is an overlay for staging and one for production', () => {
  expect(OVERLAYS.map((path) => basename(path))).toEqual(['production', 'staging']);
});

describe.each(OVERLAYS)('%s', (overlay) => {
  let manifests: readonly Manifest[];
  beforeAll(() => {
    manifests = build(join(ROOT, overlay));
  });

  it('keeps to the schemas of Kubernetes', async () => {
    expect(await schemaProblems(manifests)).toEqual([]);
  });

  it('asks for nothing that it can do without', () => {
    const { SHUTDOWN_TIMEOUT } = loadEnv({ ...aValidEnv(), ...settingsIn(manifests) });
    const accounts = named(manifests, 'ServiceAccount');

    expect(podProblems(podsIn(manifests), { image: readImage(), accounts, graceMs: SHUTDOWN_TIMEOUT })).toEqual([]);
  });

  it('has names that lead somewhere', () => {
    expect(referenceProblems(manifests)).toEqual([]);
  });

  it('starts programs that are bundled, the api as the image does', () => {
    const commands: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
      podsIn(manifests).map(({ component, spec: { containers } }) => [component, containers[0]?.command ?? []]),
    );
    const sources = Object.values(commands).map(
      (command) => `apps/${basename(command.at(-1) ?? '', '.js')}/src/main.ts`,
    );

    expect(commands.api).toEqual(readImage().command);
    expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
  });

  it('gives services settings that they accept, and no secret', () => {
    const settings = settingsIn(manifests);
    const secret = Object.entries(envSchema.shape).flatMap(([name, schema]) => (schema.meta()?.secret ? [name] : []));

    expect(Object.keys(settings).filter((name) => !(name in envSchema.shape) || secret.includes(name))).toEqual([]);
    expect(named(manifests, 'Secret')).toEqual([]);
    expect(loadEnv({ ...aValidEnv(), ...settings }).NODE_ENV).toBe('production');
  });

  it('is reached where its links lead', () => {
    const ingress = manifests.find(({ kind }) => kind === 'Ingress');

    expect(ingress).toMatchObject({
      spec: { rules: [{ host: new URL(settingsIn(manifests).PUBLIC_URL ?? '').host }] },
    });
  });

  it('is a namespace that takes no other pods', () => {
    expect(manifests.find(({ kind }) => kind === 'Namespace')).toMatchObject({
      metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    });
  });

  it.runIf(HAS_KUBECTL)('is what kubectl makes of it', () => {
    const { stdout } = spawnSync('kubectl', ['kustomize', overlay], { cwd: ROOT, encoding: 'utf8' });
    const theirs = parseAllDocuments(stdout.replaceAll(/(-settings)-\w+/g, '$1')).map((document): unknown =>
      document.toJS(),
    );

    expect(theirs).toEqual(expect.arrayContaining([...manifests]));
    expect(theirs).toHaveLength(manifests.length);
  });
});
