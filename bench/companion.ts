import { type ChildProcess, fork, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process beside this one that answers each message with one message. It ends with us. */
export class Companion {
  private readonly child: ChildProcess;
  private readonly ended: Promise<never>;

  /** `prefix`: the command that puts it on its core. */
  constructor(
    file:
      | 'load'
      | 'collector'
      | 'sign-in/sign-in-load'
      | 'sign-in/hashing'
      | 'verification'
      | 'cache/cache'
      | 'jobs/own-worker'
      | 'jobs/plain-worker',
    prefix: readonly string[] = [],
    output: 'inherit' | 'ignore' = 'inherit',
  ) {
    const [execPath, ...execArgv] = [...prefix, process.execPath, '--disable-warning=ExperimentalWarning'];
    const stdio: StdioOptions = ['ignore', output, 'inherit', 'ipc'];
    this.child = fork(fileURLToPath(new URL(`${file}.ts`, import.meta.url)), { execPath, execArgv, stdio });
    this.ended = once(this.child, 'exit').then(([code]) => {
      throw new Error(`A process of the benchmark ended early, with ${code}.`);
    });
    this.ended.catch(() => undefined);
  }

  answer<Answer>(): Promise<Answer> {
    const answered = new Promise<Answer>((resolve) =>
      this.child.once('message', (message) => resolve(message as Answer)),
    );
    return Promise.race([answered, this.ended]);
  }

  ask<Answer>(question: object): Promise<Answer> {
    this.child.send(question);
    return this.answer<Answer>();
  }

  stop(): void {
    if (this.child.connected) this.child.disconnect();
  }
}
