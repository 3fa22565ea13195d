import { describe, expect, it } from '@jest/globals';
import type { JobHandler } from '#platform/kernel/jobs/jobs.js';
import { newId } from '#platform/kernel/values/ids.js';
import { aPrincipal } from '#platform/testing/principal.factory.js';
import { RecordedAudit } from '#platform/testing/recorded-audit.js';
import { RecordedJobs } from '#platform/testing/recorded-jobs.js';
import { RecordedSessions } from '#platform/testing/recorded-sessions.js';
import { StoppedClock } from '#platform/testing/stopped-clock.js';
import { MOST_OPEN_RESETS } from '../../domain/password-reset.js';
import {
  CurrentPasswordWrong,
  PasswordNotSet,
  PasswordRefused,
  ResetTokenInvalid,
  UserNotFound,
} from '../../domain/user.errors.js';
import type { User } from '../../domain/user.js';
import { SendPasswordChangedEmailHandler } from '../../jobs/send-password-changed-email.handler.js';
import { SendPasswordResetEmailHandler } from '../../jobs/send-password-reset-email.handler.js';
import { InMemoryAccountsRepository } from '../../testing/in-memory-accounts.repository.js';
import { InMemoryPasswordResetsRepository } from '../../testing/in-memory-password-resets.repository.js';
import { PlainPasswordHasher } from '../../testing/plain-password-hasher.js';
import { RecordedAccountMailer } from '../../testing/recorded-account-mailer.js';
import { RecordedSignInThrottle } from '../../testing/recorded-sign-in-throttle.js';
import { anEmail, aUser } from '../../testing/user.factory.js';
import { FindRecipient } from '../profile/find-recipient.js';
import { AfterPasswordChange } from './after-password-change.js';
import { ChangePassword } from './change-password.js';
import { CheckCurrentPassword } from './check-current-password.js';
import { FindReset } from './find-reset.js';
import { ForgotPassword } from './forgot-password.js';
import { NewPasswords } from './new-passwords.js';
import { ReplacePassword } from './replace-password.js';
import { ResetPassword } from './reset-password.js';

const ONE_HOUR = 3_600;
const ADDRESS = '192.0.2.1';
const OLD = 'correct horse';
const NEW = 'battery staple';

function setup() {
  const [users, resets, clock] = [
    new InMemoryAccountsRepository(),
    new InMemoryPasswordResetsRepository(),
    new StoppedClock(),
  ];
  const [jobs, mailer, audit] = [new RecordedJobs(), new RecordedAccountMailer(), new RecordedAudit()];
  const [sessions, throttle, hasher] = [
    new RecordedSessions(),
    new RecordedSignInThrottle(),
    new PlainPasswordHasher(),
  ];
  const newPasswords = new NewPasswords({ includes: async (password) => password === 'password1' }, hasher);
  const replacePassword = new ReplacePassword(resets, users, new AfterPasswordChange(sessions, jobs, audit), clock);
  const findReset = new FindReset({ verify: (token) => (token === 'nonsense' ? null : token) }, resets, users, clock);
  // Each takes the payload of its own job, which is what it is given.
  const handlers = [
    new SendPasswordResetEmailHandler(resets, users, mailer, clock),
    new SendPasswordChangedEmailHandler(new FindRecipient(users), mailer),
  ] as unknown as JobHandler<unknown>[];
  const runJobs = async () => {
    for (const { name, payload } of jobs.enqueued.splice(0)) {
      await handlers
        .find(({ job }) => job.name === name)
        ?.handle(payload, { id: newId(), attempt: 1, signal: new AbortController().signal });
    }
  };
  return {
    users,
    clock,
    jobs,
    mailer,
    audit,
    sessions,
    throttle,
    runJobs,
    forgotPassword: new ForgotPassword(resets, jobs, clock),
    resetPassword: new ResetPassword(findReset, newPasswords, replacePassword, throttle),
    changePassword: new ChangePassword(new CheckCurrentPassword(users, hasher), newPasswords, replacePassword),
    tokens: () => mailer.sent.flatMap((mail) => ('resetId' in mail ? [String(mail.resetId)] : [])),
  };
}
type Context = ReturnType<typeof setup>;

async function anOwner({ users }: Context, overrides: Partial<User> = {}): Promise<User> {
  const user = aUser(overrides);
  await users.add(user);
  return user;
}

async function aMailedToken({ forgotPassword, runJobs, tokens }: Context, email: string): Promise<string> {
  await forgotPassword.execute(email);
  await runJobs();
  return tokens().at(-1)!;
}

describe('a forgotten password', () => {
  it('is replaced by the mailed link, with everything that a new password means', async () => {
    const context = setup();
    const user = await anOwner(context, { emailVerifiedAt: null });
    const token = await aMailedToken(context, user.email);
    context.clock.pass(ONE_HOUR - 1);

    await context.resetPassword.execute({ token, password: NEW }, ADDRESS);
    await context.runJobs();

    const now = context.clock.now();
    expect(await context.users.findById(user.id)).toEqual({
      ...user,
      passwordHash: `hash of ${NEW}`,
      emailVerifiedAt: now,
      updatedAt: now,
    });
    expect(context.sessions.ended).toEqual([[user.id, null]]);
    expect(context.mailer.sent.at(-1)).toMatchObject({ mail: 'password changed', email: user.email });
    expect(context.audit.recorded).toEqual([{ type: 'password.reset', actorId: user.id, subjectId: user.id }]);
    expect(context.throttle.successes).toEqual([[user.email, ADDRESS]]);
  });

  it('is replaced once, and by one link only', async () => {
    const context = setup();
    const { email } = await anOwner(context);
    const [first, second] = [await aMailedToken(context, email), await aMailedToken(context, email)];

    await context.resetPassword.execute({ token: second, password: NEW }, ADDRESS);

    for (const token of [first, second]) {
      await expect(context.resetPassword.execute({ token, password: 'another one' }, ADDRESS)).rejects.toThrow(
        ResetTokenInvalid,
      );
    }
    expect((await context.users.findByEmail(email))?.passwordHash).toBe(`hash of ${NEW}`);
  });

  it('is replaced once when a link is opened many times at once', async () => {
    const context = setup();
    const token = await aMailedToken(context, (await anOwner(context)).email);

    const attempts = Array.from({ length: 5 }, () => context.resetPassword.execute({ token, password: NEW }, ADDRESS));

    expect((await Promise.allSettled(attempts)).filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('can be the first one of somebody who signs in elsewhere', async () => {
    const context = setup();
    const { id, email } = await anOwner(context, { passwordHash: null });

    await context.resetPassword.execute({ token: await aMailedToken(context, email), password: NEW }, ADDRESS);

    expect((await context.users.findById(id))?.passwordHash).toBe(`hash of ${NEW}`);
  });

  it('stays when the link is an hour old', async () => {
    const context = setup();
    const token = await aMailedToken(context, (await anOwner(context)).email);

    context.clock.pass(ONE_HOUR);

    await expect(context.resetPassword.execute({ token, password: NEW }, ADDRESS)).rejects.toThrow(ResetTokenInvalid);
  });

  it.each(['nonsense', newId()])('stays when the token is %j', async (token) => {
    const { resetPassword, throttle } = setup();

    await expect(resetPassword.execute({ token, password: NEW }, ADDRESS)).rejects.toThrow(ResetTokenInvalid);
    expect(throttle.successes).toEqual([]);
  });

  it('stays when the account was disabled meanwhile', async () => {
    const context = setup();
    const user = await anOwner(context);
    const token = await aMailedToken(context, user.email);
    await context.users.update(user.id, (current) => ({ ...current, status: 'disabled' }));

    await expect(context.resetPassword.execute({ token, password: NEW }, ADDRESS)).rejects.toThrow(ResetTokenInvalid);
  });

  it('leaves the link usable when the new one is refused', async () => {
    const context = setup();
    const token = await aMailedToken(context, (await anOwner(context)).email);

    await expect(context.resetPassword.execute({ token, password: 'password1' }, ADDRESS)).rejects.toThrow(
      PasswordRefused,
    );
    await expect(context.resetPassword.execute({ token, password: NEW }, ADDRESS)).resolves.toBeUndefined();
  });
});

describe('asking for a new password', () => {
  it('is the same work for every address, and a mail for owners only', async () => {
    const context = setup();
    const disabled = await anOwner(context, { status: 'disabled' });

    for (const email of [anEmail(), disabled.email]) {
      await context.forgotPassword.execute(email);
      expect(context.jobs.enqueued).toHaveLength(1);
      await context.runJobs();
    }

    expect(context.mailer.sent).toEqual([]);
  });

  it("fills nobody's mailbox", async () => {
    const context = setup();
    const { email } = await anOwner(context);
    for (let i = 0; i < MOST_OPEN_RESETS + 3; i++) await context.forgotPassword.execute(email);
    await context.runJobs();

    expect(context.tokens()).toHaveLength(MOST_OPEN_RESETS);
    context.clock.pass(ONE_HOUR);
    await aMailedToken(context, email);
    expect(context.tokens()).toHaveLength(MOST_OPEN_RESETS + 1);
  });

  it('mails nothing when the password was replaced meanwhile', async () => {
    const context = setup();
    const { id, email } = await anOwner(context);
    await context.forgotPassword.execute(email);
    const late = context.jobs.enqueued.splice(0);
    await context.changePassword.execute(aPrincipal({ id }), { currentPassword: OLD, newPassword: NEW });

    context.jobs.enqueued.push(...late);
    await context.runJobs();

    expect(context.tokens()).toEqual([]);
  });
});

describe('changing a password', () => {
  const change = { currentPassword: OLD, newPassword: NEW };

  it('takes the current one, ends the other sessions and tells the owner', async () => {
    const context = setup();
    const user = await anOwner(context);
    const principal = aPrincipal({ id: user.id });

    await context.changePassword.execute(principal, change);
    await context.runJobs();

    expect((await context.users.findById(user.id))?.passwordHash).toBe(`hash of ${NEW}`);
    expect(context.sessions.ended).toEqual([[user.id, principal.sessionId]]);
    expect(context.mailer.sent).toMatchObject([{ mail: 'password changed', email: user.email }]);
    expect(context.audit.recorded).toEqual([{ type: 'password.changed', actorId: user.id, subjectId: user.id }]);
  });

  it('voids the links that were mailed before', async () => {
    const context = setup();
    const { id, email } = await anOwner(context);
    const token = await aMailedToken(context, email);

    await context.changePassword.execute(aPrincipal({ id }), change);

    await expect(context.resetPassword.execute({ token, password: 'another one' }, ADDRESS)).rejects.toThrow(
      ResetTokenInvalid,
    );
  });

  it('is refused to whoever does not know the current one, and says whose it was for the audit', async () => {
    const context = setup();
    const user = await anOwner(context);

    const attempt = context.changePassword.execute(aPrincipal({ id: user.id }), {
      ...change,
      currentPassword: 'wrong',
    });

    await expect(attempt).rejects.toThrow(CurrentPasswordWrong);
    await expect(attempt).rejects.toMatchObject({
      errors: [{ pointer: '#/currentPassword' }],
      auditSubjectId: user.id,
    });
    expect(await context.users.findById(user.id)).toEqual(user);
    expect(context.sessions.ended).toEqual([]);
  });

  it('loses against another change that was quicker', async () => {
    const context = setup();
    const { id } = await anOwner(context);

    const changes = [NEW, 'another one'].map((newPassword) =>
      context.changePassword.execute(aPrincipal({ id }), { ...change, newPassword }),
    );
    const results = await Promise.allSettled(changes);

    expect(results).toEqual([
      { status: 'fulfilled', value: undefined },
      { status: 'rejected', reason: expect.any(CurrentPasswordWrong) },
    ]);
  });

  it('points to the new one when that is refused', async () => {
    const context = setup();
    const { id } = await anOwner(context);

    const attempt = context.changePassword.execute(aPrincipal({ id }), { ...change, newPassword: 'password1' });

    await expect(attempt).rejects.toMatchObject({
      errors: [{ pointer: '#/newPassword', code: 'password_too_common' }],
    });
  });

  it('is nothing for those who have none, or no account', async () => {
    const context = setup();
    const { id } = await anOwner(context, { passwordHash: null });

    await expect(context.changePassword.execute(aPrincipal({ id }), change)).rejects.toThrow(PasswordNotSet);
    await expect(context.changePassword.execute(aPrincipal({ id: newId() }), change)).rejects.toThrow(UserNotFound);
  });
});
