import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { Config } from '../config/config.js';
import type { Mail, Mailer } from './mailer.js';

/** Shares of SMTP_TIMEOUT, so that after a connection that leads nowhere there is time for another one. */
const CONNECT_SHARE = 1 / 4;
const SILENCE_SHARE = 1 / 2;

@Injectable()
export class SmtpMailer implements Mailer, OnApplicationShutdown {
  private readonly transport;
  private readonly from: string;
  private readonly domain: string;
  private readonly timeoutMs: number;

  /** nodemailer waits minutes by default, and a job holds a database connection while it waits. */
  constructor(config: Config) {
    this.timeoutMs = config.SMTP_TIMEOUT;
    const connectTimeout = this.timeoutMs * CONNECT_SHARE;
    this.from = config.MAIL_FROM;
    this.domain = new URL(config.PUBLIC_URL).hostname;
    this.transport = createTransport({
      url: config.SMTP_URL,
      pool: true,
      maxConnections: config.SMTP_CONNECTIONS,
      rateLimit: config.SMTP_RATE,
      rateDelta: 1_000,
      connectionTimeout: connectTimeout,
      greetingTimeout: connectTimeout,
      dnsTimeout: connectTimeout,
      socketTimeout: this.timeoutMs * SILENCE_SHARE,
      // A template must not be talked into reading a file or fetching an address.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send({ to, subject, text, html, messageId, unsubscribeUrl }: Mail): Promise<void> {
    const mail = {
      from: this.from,
      to: { name: '', address: to },
      subject,
      text,
      html,
      messageId: `<${messageId}@${this.domain}>`,
      headers: unsubscribeUrl === undefined ? {} : oneClick(unsubscribeUrl),
    };
    // The other timeouts begin anew with each byte, of which a server may send one now and then.
    await this.transport.sendMail({ ...mail, signal: AbortSignal.timeout(this.timeoutMs) });
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}

/** Mail programs show a button of their own for it, and ask senders of many mails to have it. */
const oneClick = (url: string) => ({
  'List-Unsubscribe': `<${new URL(url).href}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});
