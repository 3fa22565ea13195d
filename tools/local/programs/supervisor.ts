import type { TetheredProcess } from '../../servers/tethered-process.ts';
import { say } from '../log-lines.ts';
import { Problem } from '../settings/settings.ts';
import { isProgramReady, launch, type Program } from './program.ts';

/** How the end by a signal shows. */
const KILLED = -1;

/** Keeps the programs running: starts them, starts one again that was killed, and restarts them when their code changed. */
export class Supervisor {
  readonly #programs: readonly Program[];
  readonly #running = new Map<Program, TetheredProcess>();
  #tellReplaced: () => void = () => undefined;
  #isStopping = false;

  constructor(programs: readonly Program[]) {
    this.#programs = programs;
  }

  pids(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#running].map(([{ name }, { pid }]) => [name, pid]));
  }

  /** Calls back when a program runs under another process id. */
  onReplaced(listener: () => void): void {
    this.#tellReplaced = listener;
  }

  /** @throws Problem when one of them ends before it is ready */
  async start(): Promise<void> {
    const unready = await this.#startAll(this.#programs);
    if (unready.length > 0)
      throw new Problem(`${unready.join(' and ')} did not become ready; the reason stands above.`);
  }

  async restart(): Promise<void> {
    const affected = this.#programs.filter(({ reloads }) => reloads);
    await Promise.all(affected.map((program) => this.#stopOne(program)));
    const unready = await this.#startAll(affected);
    say(unready.length === 0 ? 'restarted' : `${unready.join(' and ')} did not become ready; waiting for a change`);
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#programs.map((program) => this.#stopOne(program)));
  }

  async #startAll(programs: readonly Program[]): Promise<string[]> {
    const outcomes = await Promise.all(
      programs.map(async (program) => ({ program, ready: await this.#startOne(program) })),
    );
    return outcomes.filter(({ ready }) => !ready).map(({ program }) => program.name);
  }

  async #startOne(program: Program): Promise<boolean> {
    if (this.#isStopping) return false;
    const running = launch(program, this.#programs.indexOf(program));
    this.#running.set(program, running);
    const isReady = await isProgramReady(program, running);
    this.#tellReplaced();
    void running.exited.then((code) => this.#replace(program, running, isReady || code === KILLED));
    return isReady;
  }

  /** What was ready and ends on its own was killed or crashed: it comes back, as it would in production. */
  async #replace(program: Program, ended: TetheredProcess, isWorthTrying: boolean): Promise<void> {
    const isIntended = this.#isStopping || this.#running.get(program) !== ended;
    if (isIntended || !isWorthTrying) return;
    say(`${program.name} ended unexpectedly; starting it again`);
    const isReady = await this.#startOne(program);
    if (!isReady) say(`${program.name} did not become ready; waiting for a change`);
  }

  async #stopOne(program: Program): Promise<void> {
    const running = this.#running.get(program);
    this.#running.delete(program);
    await running?.stop();
  }
}
