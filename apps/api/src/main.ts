import { runApp } from '#platform/health/run-app.js';

await runApp(process.env, {
  portVariable: 'API_PORT',
  create: async (env) => (await import('./app.js')).createApp(env),
});
