import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiClient } from '#platform/testing/system/api-client.js';
import { signUp } from '#platform/testing/system/people.js';
import { type Program, start, withParcels } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { sendParcel } from '../../parcels.ts';

let system: System;
/** The same system, where deprecated routes end. */
let ending: Program;
let token: string;
let parcel: string;
beforeAll(async () => {
  system = await startSystem(withParcels);
  ending = await start('api', { ...system.env, DEPRECATED_ROUTES_END: 'true' });
  ({ token } = await signUp(system));
  parcel = (await sendParcel(system.client, { token })).body.data.id;
});
afterAll(async () => {
  await ending.stop();
  await system.stop();
});

const headersOf = ({ headers }: { headers: Headers }) =>
  Object.fromEntries(['deprecation', 'sunset', 'link'].map((name) => [name, headers.get(name)]));
const announced = () => ({
  deprecation: '@1583020800',
  sunset: 'Wed, 30 Sep 2020 00:00:00 GMT',
  link: `<${system.api.url}/v1/parcels/${parcel}>; rel="successor-version"`,
});

it('is told to callers in every answer, and the route works on after its sunset', async () => {
  const answers = await Promise.all([
    system.client.get(`/v1/parcels/${parcel}/contents`, { token }),
    system.client.get(`/v1/parcels/${parcel}/contents`),
  ]);

  expect(answers.map(({ status }) => status)).toEqual([200, 401]);
  for (const answer of answers) expect(headersOf(answer)).toEqual(announced());
});

it('says nothing of routes that stay, among them the successor', async () => {
  const answer = await system.client.get(`/v1/parcels/${parcel}`, { token });

  expect(headersOf(answer)).toEqual({ deprecation: null, sunset: null, link: null });
});

it('names in the log who calls it still, and each of them once', async () => {
  for (let calls = 0; calls < 3; calls++) await system.client.get(`/v1/parcels/${parcel}/contents`, { token });
  const lines = () =>
    system.api
      .output()
      .split('\n')
      .filter((line) => line.includes('a deprecated route was called'))
      .map((line) => JSON.parse(line) as object);

  await eventually(async () => expect(lines()).toContainEqual(expect.objectContaining({ caller: 'user' })));
  // Lines are written in order: what comes after the third call is behind all that it may have caused.
  await system.client.get('/v1/parcels/nonsense', { token });
  await eventually(async () => expect(system.api.output()).toContain('"status":422'));
  expect(lines().filter((line) => 'user_id' in line)).toEqual([
    expect.objectContaining({ method: 'GET', route: '/v1/parcels/:id/contents', user_id: expect.any(String) }),
  ]);
});

it('ends the route after its sunset where operators want it, for those who may call it', async () => {
  const client = new ApiClient(ending.url);

  const gone = await client.get(`/v1/parcels/${parcel}/contents`, { token });
  const unknown = await client.get(`/v1/parcels/${parcel}/contents`);
  const successor = await client.get(`/v1/parcels/${parcel}`, { token });

  expect([gone.status, gone.body.code, unknown.status, successor.status]).toEqual([410, 'ROUTE_GONE', 401, 200]);
  expect(headersOf(gone)).toEqual(announced());
});
