import { runApp } from '#platform/health/run-app.js';

await runApp(process.env, {
  portVariable: 'WORKER_PORT',
  create: async (env) => (await import('./worker.js')).createWorker(env),
});
