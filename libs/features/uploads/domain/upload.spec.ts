import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { aDeclaration, NOW } from '../testing/upload.factory.js';
import { UploadNameNotAllowed, UploadTooLarge, UploadTypeNotAllowed } from './upload.errors.js';
import { declare } from './upload.js';

const maker = () => ({ id: newId(), userId: newId(), now: NOW });

describe('a file that is declared', () => {
  it('waits for its content for a quarter of an hour', () => {
    expect(declare(aDeclaration(), maker())).toMatchObject({
      status: 'pending',
      reason: null,
      formEndsAt: new Date(NOW.getTime() + 900_000),
    });
  });

  it.each([
    ['image', 'cat.png', 'image/png', 5_000_000],
    ['document', 'a.pdf', 'application/pdf', 25_000_000],
    ['video', 'a.mp4', 'video/mp4', 500_000_000],
  ] as const)('of the kind %s has so many bytes at most', (kind, fileName, contentType, most) => {
    const declared = (size: number) => declare({ kind, fileName, contentType, size, sha256: null }, maker());

    expect(declared(most).size).toBe(most);
    expect(() => declared(most + 1)).toThrow(UploadTooLarge);
  });

  it.each(['image/svg+xml', 'image/gif', 'text/html', 'application/pdf', 'constructor', ''])(
    'is no image of the type %j',
    (contentType) => {
      expect(() => declare(aDeclaration({ contentType }), maker())).toThrow(UploadTypeNotAllowed);
    },
  );

  it('is not called as it likes', () => {
    expect(() => declare(aDeclaration({ fileName: '../cat.png' }), maker())).toThrow(UploadNameNotAllowed);
  });
});
