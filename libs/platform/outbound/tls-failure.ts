/**
 * What Node names a failure of TLS by, alone or within a text: OpenSSL's and its own codes, and those of certificates
 * (nodejs.org, "TLS: X509 certificate error codes").
 */
export const NODE_TLS_CODE =
  /\b(?:ERR_(?:SSL|TLS)_\w+|EPROTO|(?:CERT|CRL|UNABLE_TO)_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|INVALID_(?:CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)\b/;
