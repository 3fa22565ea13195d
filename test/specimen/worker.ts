import '#platform/process/stop-while-starting.js';

// As apps/worker/src/main.ts does it, with the parcels mounted as well.
const { runApp } = await import('#platform/process/run-app.js');

await runApp(process.env, {
  portVariable: 'WORKER_PORT',
  create: async (env) => {
    const [{ createWorker }, { ParcelsWorkerModule }] = await Promise.all([
      import('#apps/worker/src/worker.js'),
      import('./parcels.module.js'),
    ]);
    return createWorker(env, [ParcelsWorkerModule]);
  },
});
