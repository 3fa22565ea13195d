import { expect, it } from 'vitest';
import { passwordsSetup } from '../../testing/passwords-setup.js';

it.each(['password.changed', 'password.reset'] as const)(
  'ends the other sessions, tells the owner and puts %s on record',
  async (event) => {
    const { afterPasswordChange, aStoredUser, sessions, audit, mailer, runJobs } = passwordsSetup();
    const { id, email } = await aStoredUser();

    await afterPasswordChange.execute(id, { keepSessionId: 'this one', event });
    await runJobs();

    expect(sessions.ended).toEqual([[id, 'this one']]);
    expect(mailer.sent).toMatchObject([{ mail: 'password changed', email }]);
    expect(audit.recorded).toEqual([{ type: event, actorId: id, subjectId: id }]);
  },
);
