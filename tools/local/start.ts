/** `npm start`: the whole system on this machine, from nothing. */
import pc from 'picocolors';
import { examine } from '../doctor/examine.mjs';
import { coloursFor, describeLacking } from '../doctor/report.mjs';
import { CommandFailed } from '../run-node.ts';
import { settleEnvironment } from '../servers/shell-environment.ts';
import { Shutdown } from './programs/shutdown.ts';
import { runSystem } from './run-system.ts';
import { HELP, Problem, readArguments, readSettings, takeFromFiles } from './settings/settings.ts';

const shutdown = new Shutdown();

async function end(exitCode: number): Promise<never> {
  await shutdown.run();
  process.exit(exitCode);
}

function askToEnd(): void {
  if (!shutdown.signal.aborted) console.log('\nStopping …');
  void end(0);
}

function explain(error: unknown): void {
  if (error instanceof CommandFailed) console.error(error.output);
  const isExpected = error instanceof Problem || error instanceof CommandFailed;
  console.error(isExpected ? pc.createColors(process.stderr.isTTY === true).red(error.message) : error);
}

async function main(): Promise<void> {
  try {
    if (readArguments(process.argv.slice(2)).help) return console.log(HELP);
  } catch (error) {
    explain(error);
    return end(1);
  }
  await start().catch(async (error: unknown) => {
    if (shutdown.signal.aborted) return;
    explain(error);
    await shutdown.run();
    // Only now: what we started ourselves would be found in its way.
    console.error(`\n${describeLacking(examine(), await coloursFor(process.stderr))}`);
    await end(1);
  });
}

async function start(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, askToEnd);
  // The channel to tools/bootstrap.mjs: when it closes, the process that started us was killed.
  if (process.connected) process.on('disconnect', askToEnd);
  settleEnvironment(process.env);
  takeFromFiles(process.env);
  await runSystem(readSettings(process.env), shutdown);
}

await main();
