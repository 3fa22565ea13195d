import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { build } from './kustomize.ts';

const SHOP = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: shop }\n';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kustomize-'));
  write(
    'base/shop.yaml',
    `${SHOP}spec: { containers: [{ name: a, image: shop, args: [x] }, { name: b, image: other }] }\n`,
  );
  write(
    'base/kustomization.yaml',
    'resources: [shop.yaml]\nconfigMapGenerator: [{ name: settings, literals: [A=1, B=x=y] }]\n',
  );
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function overlay(...lines: readonly string[]) {
  write('overlay/kustomization.yaml', ['resources: [../base]', ...lines].join('\n'));
  return () => build(join(root, 'overlay'));
}

describe('building an overlay', () => {
  it('names images and the namespace', () => {
    const built = overlay('namespace: here', 'images: [{ name: shop, newName: registry/shop, newTag: 1.0.0 }]')();

    expect(built).toMatchObject([
      { metadata: { namespace: 'here' }, spec: { containers: [{ image: 'registry/shop:1.0.0' }, { image: 'other' }] } },
      { kind: 'ConfigMap', metadata: { namespace: 'here' } },
    ]);
  });

  it('adds to settings', () => {
    const built = overlay('configMapGenerator: [{ name: settings, behavior: merge, literals: [A=2, C=3] }]')();

    expect(built).toContainEqual(expect.objectContaining({ data: { A: '2', B: 'x=y', C: '3' } }));
  });

  it('changes one container and leaves the others', () => {
    write('overlay/args.yaml', `${SHOP}spec: { containers: [{ name: a, args: [y] }] }\n`);

    const [shop] = overlay('patches: [{ path: args.yaml }]')();

    const containers = [
      { name: 'a', image: 'shop', args: ['y'] },
      { name: 'b', image: 'other' },
    ];
    expect(shop).toMatchObject({ spec: { containers } });
  });

  it('refuses a patch of what is not there', () => {
    write('overlay/other.yaml', SHOP.replace('shop', 'other'));

    expect(overlay('patches: [{ path: other.yaml }]')).toThrow(
      /other\.yaml changes a Deployment other that is not there/,
    );
  });

  it('refuses what it does not know', () => {
    expect(overlay('namePrefix: x-')).toThrow(/namePrefix is not read by/);
  });
});
