/**
 * How every credential begins that we make ourselves, so that logs, and scanners of repositories, recognise one wherever it turns up.
 * Give your product one of its own before the first credential is out. Letters only: it stands in regular expressions.
 */
export const CREDENTIAL_PREFIX = 'kit';
