import '#platform/process/stop-while-starting.js';
import { setSourceMapsSupport } from 'node:module';

// Before anything else is imported, as a map is read together with its file; and not for packages, whose maps would only take memory.
setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });
const { run } = await import('./run.js');

process.exitCode = await run(process.argv.slice(2), process.env);
