// @ts-check
/** One slash and no second, of either kind: browsers take `//host` and `/\host` for addresses of other hosts, and skip control characters. */
const PATH = /^\/(?!\/)[\x21-\x5b\x5d-\x7e]{0,2000}$/;

/**
 * Where to go after signing in. The maker of the link to the page chose it, so it leads to this API or nowhere.
 * @param {string | null} path as the API knows it: without what PUBLIC_URL puts before it
 * @param {URL} api
 * @returns {URL | null}
 */
export function returnAddress(path, api) {
  if (path === null || !PATH.test(path)) return null;
  const address = new URL(`.${path}`, api);
  return address.href.startsWith(api.href) ? address : null;
}
