import '#platform/process/stop-while-starting.js';
import { run } from './run.js';

process.exitCode = run(process.argv.slice(2), process.stdout);
