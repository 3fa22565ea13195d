import '#platform/process/stop-while-starting.js';

// As apps/api/src/main.ts does it, with the parcels mounted as well.
const { runApp } = await import('#platform/process/run-app.js');

await runApp(process.env, {
  portVariable: 'API_PORT',
  create: async (env) => {
    const [{ createApp }, { ParcelsApiModule }] = await Promise.all([
      import('#apps/api/src/app.js'),
      import('./parcels.module.js'),
    ]);
    return createApp(env, [ParcelsApiModule]);
  },
});
