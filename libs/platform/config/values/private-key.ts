import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';

/** In PEM. Whether it can be read is found out at the start, with everything else that is wrong. */
export const rsaPrivateKey = z.string().refine((pem) => {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}, 'must be a private RSA key in PEM');
