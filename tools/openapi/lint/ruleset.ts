/** Every rule that Redocly has is on, at the level of an error, but for these. */
export const OFF = {
  'no-server-example.com': 'the server is PUBLIC_URL, which in the file is that of a machine of a developer',
  'operation-description': 'what the summary says is not said again',
  'parameter-description': 'a parameter is described where its name and its pattern do not say enough',
  'scalar-property-missing-example': 'examples.ts asks for one that is whole, however its parts come by it',
  'required-string-property-missing-min-length': 'what we answer has no length to rely on',
  'path-segment-plural': 'there is one `me` and one `auth`',
  'path-http-verbs-order': 'methods stand in the order of their controller',
} as const satisfies Readonly<Record<string, string>>;

/** What a rule that is on does not know of one place. `at`: a JSON Pointer, or how it begins. */
export const EXCEPTIONS: readonly Readonly<{ rule: string; at: string; because: string }>[] = [
  {
    rule: 'no-unused-components',
    at: '#/components/schemas/Problem',
    because: 'it is for clients that treat all problems alike; operations refer to those with their codes',
  },
  {
    rule: 'operation-2xx-response',
    at: '#/paths/~1v1~1auth~1oidc~1{provider}~1',
    because: 'a browser on its way to a provider and back is redirected',
  },
  {
    rule: 'no-http-verbs-in-paths',
    at: '#/paths/~1v1~1orders~1deleted',
    because: 'they are deleted orders, and nothing is deleted there',
  },
];

export const SETTINGS = {
  'request-mime-type': {
    severity: 'error',
    allowedValues: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
  },
  'response-mime-type': {
    severity: 'error',
    allowedValues: [
      'application/json',
      'application/problem+json',
      'application/jwk-set+json',
      'application/octet-stream',
    ],
  },
} as const;
