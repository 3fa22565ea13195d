import pc from 'picocolors';

const isTerminal = process.stdout.isTTY === true;
const colours = pc.createColors(isTerminal);
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const WORTH_SAYING_MS = 1_000;
const LONGEST_NAME = 'Postgres'.length;

/** Shows what is being done while it takes its time, and one line about it when it is done. */
export async function step<T>(
  name: string,
  work: () => Promise<T>,
  outcome: (result: T) => string,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  const start = Date.now();
  const hide = isTerminal ? spin(name, start) : announce(name);
  try {
    const result = await work();
    hide();
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    console.log(
      `  ${colours.green('✓')} ${name.padEnd(LONGEST_NAME)}  ${outcome(result)} ${colours.dim(`(${seconds} s)`)}`,
    );
    return result;
  } catch (error) {
    hide();
    if (!signal?.aborted) console.log(`  ${colours.red('✗')} ${name}`);
    throw error;
  }
}

function spin(name: string, start: number): () => void {
  let frame = 0;
  const timer = setInterval(() => {
    const seconds = Math.floor((Date.now() - start) / 1000);
    frame += 1;
    process.stdout.write(
      `\r  ${colours.cyan(FRAMES[frame % FRAMES.length])} ${name}${seconds > 0 ? ` … ${seconds} s` : ' …'}`,
    );
  }, 80);
  return () => {
    clearInterval(timer);
    process.stdout.write('\r\x1b[2K');
  };
}

/** In a log file a spinner is noise: one line, and only when there is something to wait for. */
function announce(name: string): () => void {
  const timer = setTimeout(() => console.log(`    ${name} …`), WORTH_SAYING_MS);
  return () => clearTimeout(timer);
}
