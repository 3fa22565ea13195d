/** A server that speaks S3 for this machine, as a process of its own: `npm start` keeps files in it. */
import { objectStore } from './object-store.ts';
import { type ObjectStoreSettings, SETTINGS_VARIABLE } from './settings.ts';

const settings = JSON.parse(process.env[SETTINGS_VARIABLE] ?? '{}') as ObjectStoreSettings;
const { hostname, port } = new URL(settings.endpoint);
const server = await objectStore(settings);
// In a container what is asked from outside does not come from this machine.
server.listen(Number(port), process.env.HOST ?? hostname);

process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
