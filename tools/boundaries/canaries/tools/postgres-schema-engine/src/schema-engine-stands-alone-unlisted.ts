import { SMTPServer } from 'smtp-server';

export const canary = SMTPServer;
