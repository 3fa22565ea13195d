/** `npm run doctor`: plain JavaScript without dependencies, like tools/bootstrap.mjs, as it is asked where nothing is installed. */
import { examine } from './examine.mjs';
import { coloursFor, describeFindings, isFit } from './report.mjs';

const HELP = `npm run doctor: what this machine has (✓) and lacks for this project. It installs, fetches and builds nothing.

  ✗  npm start does not work without it; the exit code is 1
  –  something works less well without it, or is done by the next npm start

  --json   the same for a bug report: npm run --silent doctor -- --json
           It names variables, and tells what is in none of them but ports and folders.`;

async function main(args) {
  const unknown = args.find((argument) => !['--json', '--help', '-h'].includes(argument));
  if (unknown !== undefined)
    throw new Error(`npm run doctor does not know ${unknown}. What it knows: npm run doctor -- --help`);
  if (args.includes('--help') || args.includes('-h')) return console.log(HELP);

  const findings = examine();
  const text = args.includes('--json')
    ? JSON.stringify({ isFit: isFit(findings), findings }, null, 2)
    : describeFindings(findings, await coloursFor(process.stdout));
  console.log(text);
  if (!isFit(findings)) process.exitCode = 1;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
