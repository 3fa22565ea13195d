#!/usr/bin/env node
// What `npx nest` runs in a clone that has no packages yet: they are installed, then it is Nest's own command line. npx looks here (`bin` in package.json)
// before it would ask the registry for another program of this name.
process.argv.splice(2, 0, 'node_modules/@nestjs/cli/bin/nest.js');
await import('../bootstrap.mjs');
