import { type Mailbox, startMailbox } from '../servers/mailbox.js';
import { ApiClient } from './api-client.js';
import { systemEnvironment } from './environment.js';
import { type Environment, type Program, start } from './program.js';

/** The whole system as it runs in production: built processes, real servers, a real SMTP server that keeps the mail. */
export type System = Readonly<{
  api: Program;
  worker: Program;
  mailbox: Mailbox;
  client: ApiClient;
  env: Environment;
  stop: () => Promise<void>;
}>;

/** On the database and Redis of this test's worker; files that run at the same time have others. */
export async function startSystem(overrides: Environment = {}): Promise<System> {
  const mailbox = await startMailbox();
  const env = systemEnvironment({ SMTP_URL: mailbox.smtpUrl, ...overrides });
  const programs: Program[] = [];
  const stop = async () => {
    await Promise.all(programs.map((program) => program.stop()));
    await mailbox.stop();
  };

  try {
    const api = await start('api', env);
    programs.push(api);
    // One service has one address, whichever of its processes answers.
    const service = { PUBLIC_URL: api.url, ...env };
    const worker = await start('worker', service);
    programs.push(worker);
    return { api, worker, mailbox, client: new ApiClient(api.url), env: service, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
