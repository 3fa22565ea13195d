import { describe, expect, it } from 'vitest';
import { httpApp } from '#platform/testing/http-app.js';
import { FlagsRepository } from '../application/flags.repository.js';
import { ListFlags } from '../application/list-flags.js';
import { SetFlag } from '../application/set-flag.js';
import { InMemoryFlagsRepository } from '../testing/in-memory-flags.repository.js';
import { switchFlag, wordingFlag } from '../testing/test-flags.js';
import { FlagsController } from './flags.controller.js';

const setup = () =>
  httpApp({
    controllers: [FlagsController],
    providers: [ListFlags, SetFlag, { provide: FlagsRepository, useValue: new InMemoryFlagsRepository() }],
  });

const path = '/v1/admin/flags';
const put = (name: string, payload: object) => ({ method: 'PUT' as const, url: `${path}/${name}`, payload });

describe(path, () => {
  it('lists flags as the code declares them, as long as nobody has said anything', async () => {
    const app = await setup();

    const { statusCode, body } = await app.inject(path);

    expect(statusCode).toBe(200);
    expect(JSON.parse(body).data).toContainEqual({ ...wordingFlag, value: null, rules: [], updatedAt: null });
  });

  it('switches one, and answers how it is', async () => {
    const app = await setup();
    const settings = { rules: [{ when: { roles: ['support'], percentage: 50 }, value: true }], value: false };

    const { statusCode, body } = await app.inject(put(switchFlag.name, settings));

    const expected = { ...switchFlag, ...settings, updatedAt: expect.stringMatching(/Z$/) };
    expect([statusCode, JSON.parse(body)]).toEqual([200, { data: expected }]);
    expect((await app.inject(path)).json().data).toContainEqual(expected);
  });

  it('gives it back to its default', async () => {
    const app = await setup();
    await app.inject(put(switchFlag.name, { value: true }));

    const { body } = await app.inject(put(switchFlag.name, {}));

    expect(JSON.parse(body).data).toMatchObject({ value: null, rules: [] });
  });

  it.each<[string, object, string]>([
    ['tests.unheard-of', {}, 'FLAG_UNKNOWN'],
    [switchFlag.name, { value: 'loud' }, 'FLAG_VALUE_UNKNOWN'],
    [switchFlag.name, { value: 1 }, 'VALIDATION_FAILED'],
    [switchFlag.name, { rules: [{ value: true }] }, 'VALIDATION_FAILED'],
    [switchFlag.name, { rules: [{ when: { percentage: 101 }, value: true }] }, 'VALIDATION_FAILED'],
    [switchFlag.name, { rules: [{ when: { userIds: ['ada'] }, value: true }] }, 'VALIDATION_FAILED'],
    [switchFlag.name, { rules: [{ when: { country: 'DE' }, value: true }] }, 'VALIDATION_FAILED'],
    [switchFlag.name, { rules: Array(51).fill({ when: {}, value: true }) }, 'VALIDATION_FAILED'],
    ['no%20name', {}, 'VALIDATION_FAILED'],
  ])('answers 422 to PUT %s %j', async (name, payload, code) => {
    const app = await setup();

    expect((await app.inject(put(name, payload))).json()).toMatchObject({ status: 422, code });
  });
});
