/**
 * What every program that a test starts needs of the test run: where programs are, and where the run keeps what was compiled.
 * Neither changes what a program does.
 */
const { PATH, NODE_COMPILE_CACHE } = process.env;
export const RUN_ENVIRONMENT: Readonly<Record<string, string | undefined>> = { PATH, NODE_COMPILE_CACHE };
