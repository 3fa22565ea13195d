import { X509Certificate } from 'node:crypto';
import { z } from 'zod';

/** One or more, in PEM. Whether they can be read is found out at the start, with everything else that is wrong. */
export const certificates = z.string().refine((text) => {
  const found = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return found.length > 0 && found.every(canBeRead);
}, 'must be certificates in PEM');

function canBeRead(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
