/** A real OpenID provider for this machine, as a process of its own: `npm start` and the tests sign in with it. */
import { createServer } from 'node:http';
import { answerInteraction } from './interactions.ts';
import { createProvider } from './provider.ts';
import { type ProviderSettings, SETTINGS_VARIABLE } from './settings.ts';

const settings = JSON.parse(process.env[SETTINGS_VARIABLE] ?? '{}') as ProviderSettings;
const { hostname, port } = new URL(settings.issuer);
const provider = createProvider(settings);
const answer = provider.callback();

const server = createServer((request, response) => {
  answerInteraction(provider, settings.people, request, response)
    .then((isAnswered) => (isAnswered ? undefined : answer(request, response)))
    .catch((error: Error) => response.writeHead(400, { 'content-type': 'text/plain' }).end(`${error.message}\n`));
});
// In a container what is asked from outside does not come from this machine.
server.listen(Number(port), process.env.HOST ?? hostname);

process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
