import pc from 'picocolors';
import type { Result, Step } from '../outcome.ts';
import { counts, seconds } from './summary.ts';

type Running = { begin: number; text: string };

const QUIET_MS = 15_000;
const FRAME_MS = 1_000;

/** One line for each step that ends. What still runs is one live line on a terminal, and a line now and then elsewhere. */
export class Progress {
  private readonly running = new Map<Step, Running>();
  private readonly colours: ReturnType<typeof pc.createColors>;
  private readonly timer: NodeJS.Timeout;
  private readonly out: NodeJS.WriteStream;

  constructor(out: NodeJS.WriteStream) {
    this.out = out;
    this.colours = pc.createColors(out.isTTY === true);
    this.timer = setInterval(() => this.tick(), out.isTTY ? FRAME_MS : QUIET_MS);
  }

  started(step: Step): void {
    this.running.set(step, { begin: performance.now(), text: '' });
    this.draw();
  }

  progress(step: Step, text: string): void {
    const running = this.running.get(step);
    if (running) running.text = text;
  }

  finished({ step, outcome, milliseconds }: Result): void {
    this.running.delete(step);
    const mark = outcome.failed > 0 ? this.colours.red('✗') : this.colours.green('✓');
    this.print(`${mark} ${step.name.padEnd(12)} ${seconds(milliseconds).padStart(8)}   ${counts(outcome)}`);
    if (outcome.note) this.print(`  ${this.colours.yellow(outcome.note)}`);
    this.draw();
  }

  stop(): void {
    clearInterval(this.timer);
    this.clear();
  }

  private tick(): void {
    if (this.out.isTTY) this.draw();
    else if (this.running.size > 0) this.print(`  still running: ${this.describeRunning()}`);
  }

  private describeRunning(): string {
    return [...this.running]
      .map(([{ name }, { begin, text }]) => `${name} ${seconds(performance.now() - begin, 0)}${text && `, ${text}`}`)
      .join(' · ');
  }

  private draw(): void {
    if (!this.out.isTTY || this.running.size === 0) return;
    this.clear();
    this.out.write(this.colours.dim(`… ${this.describeRunning()}`.slice(0, (this.out.columns || 80) - 1)));
  }

  private print(line: string): void {
    this.clear();
    this.out.write(`${line}\n`);
  }

  private clear(): void {
    if (this.out.isTTY) this.out.write('\r\x1b[2K');
  }
}
