import { describe, expect, it } from 'vitest';
import { Mails } from './mails.ts';

const mail = (subject: string): Buffer =>
  Buffer.from(
    ['From: news@example.test', `Subject: ${subject}`, `Message-ID: <${subject}@mail>`, '', 'Hello'].join('\r\n'),
  );

describe('Mails', () => {
  it('keeps the latest ones only', async () => {
    const mails = new Mails(2);

    for (const subject of ['a', 'b', 'c']) await mails.add(mail(subject), ['ada@example.test']);

    expect(mails.list().map(({ subject }) => subject)).toEqual(['c', 'b']);
  });

  it('knows a mail by the id it gave it', async () => {
    const mails = new Mails();
    await mails.add(mail('a'), ['ada@example.test']);

    const [listed] = mails.list();

    expect(listed).toMatchObject({ from: 'news@example.test', messageId: '<a@mail>', text: 'Hello' });
    expect(mails.find(listed?.id ?? '')).toBe(listed);
  });
});
