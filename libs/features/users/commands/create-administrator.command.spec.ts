import { expect, it } from 'vitest';
import { anEmail } from '../../accounts/testing/user.factory.js';
import { administratorsSetup } from '../testing/administrators-setup.js';
import { CreateAdministratorCommand } from './create-administrator.command.js';

it('says what has become of the account, and that a mail is on its way', async () => {
  const { createAdministrator } = administratorsSetup();
  const command = new CreateAdministratorCommand(createAdministrator);
  const email = anEmail();

  const [first, second] = [await command.execute({ email }), await command.execute({ email })];

  expect(first).toMatch(/^The new account [\w-]{36} is an administrator from now on\.\nThe worker mails a link/);
  expect(second).toMatch(/^The account [\w-]{36} was an administrator before: nothing has changed\.\n/);
});
