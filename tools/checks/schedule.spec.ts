import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { failed, type Outcome, passed, type Result, type Step } from './outcome.ts';
import { runSteps } from './schedule.ts';

const step = (name: string, overrides: Partial<Step> = {}): Step => ({
  name,
  title: name,
  needs: [],
  wide: false,
  run: () => Promise.resolve(passed()),
  ...overrides,
});

function run(steps: readonly Step[], { slots = 2, longestSilenceMs = 60_000 } = {}) {
  const log: string[] = [];
  const events = {
    started: ({ name }: Step) => log.push(`+${name}`),
    progress: () => undefined,
    finished: ({ step: { name } }: Result) => log.push(`-${name}`),
  };
  return {
    log,
    results: runSteps({ steps, slots, patterns: [], signal: new AbortController().signal, events, longestSilenceMs }),
  };
}

function gate() {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  return { run: () => promise, open: () => resolve(passed()) };
}

describe('runSteps', () => {
  it('starts a step after the ones it needs, and reports in the order of the list', async () => {
    const { log, results } = run([step('tests', { needs: ['build'] }), step('build')]);

    const names = (await results).map(({ step: { name } }) => name);

    expect(log).toEqual(['+build', '-build', '+tests', '-tests']);
    expect(names).toEqual(['tests', 'build']);
  });

  it('fills its slots and no more', async () => {
    const slow = gate();
    const { log, results } = run([step('a', slow), step('b', slow), step('c', slow)]);

    expect(log).toEqual(['+a', '+b']);

    slow.open();
    await results;
  });

  it('begins nothing beside a wide step', async () => {
    const slow = gate();
    const { log, results } = run([step('wide', { ...slow, wide: true }), step('b')]);

    expect(log).toEqual(['+wide']);

    slow.open();
    await results;
    expect(log).toEqual(['+wide', '-wide', '+b', '-b']);
  });

  it('begins a wide step beside the last of the others, and no sooner', async () => {
    const [short, long, wide] = [gate(), gate(), gate()];
    const begun = Promise.withResolvers<void>();
    const runWide = () => {
      begun.resolve();
      return wide.run();
    };
    const { log, results } = run([
      step('short', short),
      step('long', long),
      step('wide', { wide: true, run: runWide }),
      step('next'),
    ]);
    expect(log).toEqual(['+short', '+long']);

    short.open();
    await begun.promise;
    expect(log).toEqual(['+short', '+long', '-short', '+wide']);

    long.open();
    wide.open();
    await results;
    expect(log.indexOf('+next')).toBeGreaterThan(log.indexOf('-wide'));
  });

  it('goes on after a failure, but fails what needs the failed step without running it', async () => {
    const { results } = run([
      step('build', { run: () => Promise.resolve(failed('no')) }),
      step('tests', { needs: ['build'], run: () => Promise.reject(new Error('must not run')) }),
      step('lint'),
    ]);

    const outcomes = (await results).map(({ outcome }) => outcome);

    expect(outcomes).toEqual([failed('no'), failed('not run, because "build" failed'), passed()]);
  });

  it('counts a step that throws as failed', async () => {
    const { results } = run([step('broken', { run: () => Promise.reject(new Error('out of paper')) })]);

    const [result] = await results;

    expect(result?.outcome).toMatchObject({ failed: 1, output: expect.stringContaining('out of paper') });
  });

  it('stops a step that nothing is heard of, and says so before all else', async () => {
    const hanging = step('hanging', {
      run: ({ signal }) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve(failed('no report')))),
    });
    const { results } = run([hanging, step('other')], { longestSilenceMs: 20 });

    const [stopped, other] = (await results).map(({ outcome }) => outcome);

    expect(stopped).toMatchObject({
      failed: 1,
      output: expect.stringMatching(/^Stopped: nothing was heard of it for .*\nno report/),
    });
    expect(other).toEqual(passed());
  });

  it('lets a step take its time that gets on', async () => {
    const slow = step('slow', {
      run: async ({ progress, signal }) => {
        for (let part = 0; part < 10 && !signal.aborted; part++) {
          await delay(20);
          progress(`${part} files done`);
        }
        return signal.aborted ? failed('stopped') : passed();
      },
    });

    const [result] = await run([slow], { longestSilenceMs: 150 }).results;

    expect(result?.outcome).toEqual(passed());
  });

  it('refuses steps that wait for each other', async () => {
    const { results } = run([step('a', { needs: ['b'] }), step('b', { needs: ['a'] })]);

    await expect(results).rejects.toThrow('wait for each other: a, b');
  });
});
