import { describe, expect, it, jest } from '@jest/globals';
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
    const report = jest.spyOn(console, 'error').mockReturnValue();
    const stopDatabase = jest.fn<() => void>();
    shutdown.onEnd(stopDatabase);
    shutdown.onEnd(() => Promise.reject(new Error('stuck')));

    await shutdown.run();
    report.mockRestore();

    expect(stopDatabase).toHaveBeenCalledTimes(1);
  });
});
