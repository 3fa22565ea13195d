import '#platform/process/stop-while-starting.js';
import { run } from './run.js';

// The engine leaves a connection and a timer behind.
process.exit(await run(process.argv.slice(2), process.env));
