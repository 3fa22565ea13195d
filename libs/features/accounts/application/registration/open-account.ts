import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import { newId } from '#platform/kernel/values/ids.js';
import { type Registration, requireCurrent } from '../../domain/registration.js';
import { newVerifiedUser } from '../../domain/user.js';
import { ForgotPassword } from '../passwords/reset/forgot-password.js';
import { AddUser } from './add-user.js';

/** Makes a user of a registration whose mailed link was opened. */
@Injectable()
export class OpenAccount {
  constructor(
    private readonly addUser: AddUser,
    private readonly forgotPassword: ForgotPassword,
    private readonly clock: Clock,
  ) {}

  /** Joins the caller's transaction. @throws EmailTokenInvalid when its time is over; EmailTaken */
  async execute(registration: Registration): Promise<void> {
    const now = this.clock.now();
    requireCurrent(registration, now);

    const user = newVerifiedUser(registration, newId(), now);
    await this.addUser.execute(user, { actorId: user.id });
    if (user.passwordHash === null) await this.forgotPassword.execute(user.email);
  }
}
