import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { Config } from '../config/config.js';
import type { Mail, Mailer } from './mailer.js';

const CONNECTIONS = 4;
/** nodemailer waits minutes by default, and a job holds a database connection while it waits. */
const CONNECT_TIMEOUT_MS = 5_000;
const SOCKET_TIMEOUT_MS = 10_000;

@Injectable()
export class SmtpMailer implements Mailer, OnApplicationShutdown {
  private readonly transport;
  private readonly from: string;
  private readonly domain: string;

  constructor(config: Config) {
    this.from = config.MAIL_FROM;
    this.domain = new URL(config.PUBLIC_URL).hostname;
    this.transport = createTransport({
      url: config.SMTP_URL,
      pool: true,
      maxConnections: CONNECTIONS,
      connectionTimeout: CONNECT_TIMEOUT_MS,
      greetingTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: SOCKET_TIMEOUT_MS,
      dnsTimeout: CONNECT_TIMEOUT_MS,
      // A template must not be talked into reading a file or fetching an address.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send({ to, subject, text, html, messageId }: Mail): Promise<void> {
    const mail = { from: this.from, to: { name: '', address: to }, subject, text, html, messageId: `<${messageId}@${this.domain}>` };
    await this.transport.sendMail(mail);
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}
