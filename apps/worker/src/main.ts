import '#platform/process/stop-while-starting.js';
import { setSourceMapsSupport } from 'node:module';

// Before anything else is imported, as a map is read together with its file; and not for packages, whose maps would only take memory.
setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });
const { runApp } = await import('#platform/process/run-app.js');

await runApp(process.env, {
  portVariable: 'WORKER_PORT',
  create: async (env) => (await import('./worker.js')).createWorker(env),
});
