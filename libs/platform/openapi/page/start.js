// @ts-check
// Whichever address the reference was opened at is the one it speaks to: its policy allows no other.
const api = new URL('..', import.meta.url);
// @ts-expect-error swagger-ui-bundle.js defines it.
SwaggerUIBundle({
  url: `${api}openapi.json`,
  dom_id: '#reference',
  deepLinking: true,
  persistAuthorization: true,
  validatorUrl: null,
  /** @param {{ url: string }} request */
  requestInterceptor: (request) =>
    Object.assign(request, { url: request.url.replace(/^https?:\/\/[^/]+/, api.origin) }),
});
