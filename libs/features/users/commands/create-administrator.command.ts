import { Injectable } from '@nestjs/common';
import type { Command } from '#platform/kernel/command.js';
import { CreateAdministrator } from '../application/create-administrator.js';

type Arguments = Readonly<{ email: string }>;

@Injectable()
export class CreateAdministratorCommand implements Command<Arguments> {
  constructor(private readonly createAdministrator: CreateAdministrator) {}

  async execute({ email }: Arguments): Promise<string> {
    const { userId, isNew, isInvited, isNewAdministrator } = await this.createAdministrator.execute(email);
    const account = `${isNew ? 'The new account' : 'The account'} ${userId}`;
    const role = isNewAdministrator
      ? 'is an administrator from now on'
      : 'was an administrator before: nothing has changed';
    const mail = isInvited
      ? '\nThe worker mails a link to choose the password, good for an hour. Run this again for another.'
      : '';
    return `${account} ${role}.${mail}`;
  }
}
