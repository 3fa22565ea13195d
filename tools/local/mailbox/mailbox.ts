import type { AddressInfo } from 'node:net';
import { freePort } from '../../servers/ports.ts';
import { Mails } from './mails.ts';
import { smtpServer } from './smtp.ts';
import { webServer } from './web.ts';

export type Mailbox = Readonly<{ smtpUrl: string; pageUrl: string; stop(): Promise<void> }>;

/** A real mail server for this machine, with a page that shows what it received. */
export async function startMailbox(preferredPort?: number): Promise<Mailbox> {
  const mails = new Mails();
  const [smtp, web] = [smtpServer(mails), webServer(mails)];
  // A client that hangs up in the middle of a mail is its own affair.
  smtp.on('error', () => undefined);
  const pagePort = await freePort(preferredPort);
  await Promise.all([
    new Promise<void>((resolve, reject) => void web.once('error', reject).listen(pagePort, '127.0.0.1', resolve)),
    new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', () => resolve())),
  ]);
  const { port } = smtp.server.address() as AddressInfo;

  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    pageUrl: `http://localhost:${pagePort}`,
    async stop() {
      web.closeAllConnections();
      await Promise.all([
        new Promise((resolve) => web.close(resolve)),
        new Promise<void>((resolve) => smtp.close(() => resolve())),
      ]);
    },
  };
}
