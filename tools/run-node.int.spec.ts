import { describe, expect, it } from 'vitest';
import { CommandFailed, requireNode, runNode } from './run-node.ts';

const program = (text: string): string[] => ['--eval', text];

describe('a program that a tool runs', () => {
  it('hands over what it says, without colours, and how it ended', async () => {
    const said = program(
      'console.log("first " + process.env.NO_COLOR); console.error("second " + process.env.FORCE_COLOR); process.exitCode = 3;',
    );

    const { exitCode, output } = await runNode(said, { env: { FORCE_COLOR: '1' } });

    expect(exitCode).toBe(3);
    expect(output).toContain('first 1\n');
    expect(output).toContain('second undefined\n');
  });

  it('says which signal ended it', async () => {
    const { exitCode, output } = await runNode(program('process.kill(process.pid, "SIGKILL")'));

    expect([exitCode, output]).toEqual([1, '\nstopped by SIGKILL']);
  });

  it('is told on line by line', async () => {
    const lines: string[] = [];

    await runNode(program('console.log("one\\ntwo")'), { onLine: (line) => lines.push(line) });

    expect(lines).toEqual(['one', 'two', '']);
  });
});

describe('a program that has to succeed', () => {
  it('fails with what it said', async () => {
    const failure = requireNode(program('console.error("out of paper"); process.exitCode = 2;'), {});

    await expect(failure).rejects.toThrow(CommandFailed);
    await expect(failure).rejects.toMatchObject({ output: 'out of paper\n', exitCode: 2 });
  });

  it('has not failed when it was stopped by who started it', async () => {
    const reason = new Error('no longer needed');

    const stopped = requireNode(program('setInterval(() => {}, 1000)'), { signal: AbortSignal.abort(reason) });

    await expect(stopped).rejects.toBe(reason);
  });
});
