import { z } from 'zod';

/** Paths are appended, so no query or fragment; it is public, so no user name. */
export const webAddress = z.string().refine((text) => {
  const url = webUrl(text);
  return url !== null && url.username === '' && url.password === '' && !/[?#]/.test(text);
}, 'must be an http or https URL without user name, query and fragment');

/** Paths are appended with their own slash. */
export const baseAddress = webAddress.transform((url) => url.replace(/\/+$/, ''));

/** Browsers send an origin and it is compared character by character. */
export const origin = z
  .string()
  .refine(
    (text) => webUrl(text)?.origin === text,
    'must be an origin as browsers send it: https://app.example.com, without path, slash at the end or default port',
  );

export const collectorAddress = z.string().refine((text) => webUrl(text) !== null, 'must be an http or https URL');

function webUrl(text: string): URL | null {
  const url = URL.parse(text);
  return url !== null && /^https?:\/\//i.test(text) && url.hostname !== '' ? url : null;
}
