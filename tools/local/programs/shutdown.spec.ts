import { describe, expect, it, vi } from 'vitest';
import { Shutdown } from './shutdown.ts';

describe('Shutdown', () => {
  it('undoes everything once, newest first', async () => {
    const shutdown = new Shutdown();
    const undone: string[] = [];
    for (const name of ['database', 'services']) shutdown.onEnd(() => void undone.push(name));

    await Promise.all([shutdown.run(), shutdown.run()]);

    expect(undone).toEqual(['services', 'database']);
  });

  it('goes on when something cannot be undone', async () => {
    const shutdown = new Shutdown();
    const report = vi.spyOn(console, 'error').mockReturnValue();
    const stopDatabase = vi.fn<() => void>();
    shutdown.onEnd(stopDatabase);
    shutdown.onEnd(() => Promise.reject(new Error('stuck')));

    await shutdown.run();
    report.mockRestore();

    expect(stopDatabase).toHaveBeenCalledTimes(1);
  });
});
