import type { LoadRequest } from './load.ts';
import { PASSWORD, type Setting } from './setting.ts';

/** GET of what needs no database, GET of a parcel (test/specimen), POST of one, POST of a password. */
export type Route = 'trivial' | 'read' | 'send' | 'sign-in';

/** What is asked of a server on one route, again and again. */
export type Question = Readonly<
  Pick<LoadRequest, 'method' | 'path' | 'headers' | 'bodies' | 'hasKeys'> & {
    status: number;
    /** Whether every answer is the same, to be compared byte by byte. */
    isRepeatable: boolean;
    /** Null for as many as the options say. */
    connections: number | null;
    /** Of one visit; null for as many as the options say. */
    seconds: number | null;
  }
>;

const AS_USUAL = { connections: null, seconds: null };
/** Enough sign-ins at once that the hasher never has to wait for one, and time for a dozen of them. */
const FEW = { connections: 8, seconds: 0.3 };

export function questionOf(route: Route, setting: Setting): Question {
  const headers = { authorization: setting.authorization };
  const get = {
    method: 'GET',
    headers,
    bodies: [],
    hasKeys: false,
    status: 200,
    isRepeatable: true,
    ...AS_USUAL,
  } as const;
  const post = { method: 'POST', hasKeys: false, isRepeatable: false, ...AS_USUAL } as const;
  switch (route) {
    case 'trivial':
      return { ...get, path: '/v1/me/permissions' };
    case 'read':
      return { ...get, path: `/v1/parcels/${setting.parcelId}` };
    case 'send':
      return {
        ...post,
        path: '/v1/parcels',
        headers,
        hasKeys: true,
        bodies: [JSON.stringify(setting.parcel)],
        status: 201,
      };
    case 'sign-in': {
      const bodies = setting.emails.map((email) => JSON.stringify({ email, password: PASSWORD }));
      return { ...post, path: '/v1/auth/login', headers: {}, bodies, status: 200, ...FEW };
    }
  }
}
