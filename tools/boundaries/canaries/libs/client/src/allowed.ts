import createFetchClient from 'openapi-fetch';

export const allowed = createFetchClient;
