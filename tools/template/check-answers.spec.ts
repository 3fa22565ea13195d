import { describe, expect, it } from 'vitest';
import { type Answers, answersOf } from './answers.ts';
import { problemsOf } from './check-answers.ts';

const problems = (changed: Partial<Answers>) =>
  problemsOf({ ...answersOf({ name: 'acme-billing' }), ...changed }, new Set(['fastify']));

describe('answers', () => {
  it.each<Partial<Answers>>([
    {},
    { name: 'b2' },
    { title: 'Müller & Söhne 24' },
    { license: 'Apache-2.0' },
    { license: 'AGPL-3.0-or-later' },
    { repository: 'https://git.example.com/acme/team/billing' },
    { holder: `Ada's "Company", Inc.` },
    { prefix: 'acmebill' },
    { without: ['api-keys', 'operations', 'orders', 'order-mails'] },
  ])('may be %o', (changed) => {
    expect(problems(changed)).toEqual([]);
  });

  it.each<[Partial<Answers>, RegExp]>([
    [{ name: 'Acme' }, /^The name "Acme" is not 2 to 40 lower-case/],
    [{ name: 'acme--billing' }, /^The name "acme--billing" is not/],
    [{ name: '2go' }, /^The name "2go" is not/],
    [{ name: 'a'.repeat(41) }, /is not 2 to 40/],
    [{ name: '' }, /^The name "" is not/],
    [{ name: 'http' }, /^The name "http" is reserved/],
    [{ name: 'fastify' }, /^The name "fastify" is that of a package that is used here/],
    [{ name: 'kit' }, /^"kit" is the name of the template/],
    [{ name: 'backend-core-kit' }, /^"backend-core-kit" is the name of the template/],
    [{ title: `Ada's` }, /^The title "Ada's" is not made of words/],
    [{ title: 'Backend Core Kit' }, /is the title of the template/],
    [{ description: 'two\nlines' }, /^The description is not one line/],
    [{ holder: ' ' }, /^The holder is not one line/],
    [{ license: 'MIT License' }, /^"MIT License" is no SPDX identifier/],
    [{ repository: 'github.com/acme/billing' }, /^The repository "github.com\/acme\/billing" is no address/],
    [{ repository: 'https://github.com/acme/billing.git' }, /is no address/],
    [{ prefix: 'a' }, /^The prefix "a" is not 2 to 8/],
    [{ prefix: 'ab1' }, /^The prefix "ab1" is not/],
    [{ prefix: 'kit' }, /^"kit" is the prefix of the template/],
    [{ prefix: 'ghp' }, /^Credentials of others begin with "ghp"/],
    [{ without: ['everything'] }, /^There is no part "everything"/],
  ])('may not be %o', (changed, reason) => {
    expect(problems(changed)).toEqual([expect.stringMatching(reason)]);
  });

  it('are refused for all reasons at once', () => {
    expect(problems({ name: 'X', prefix: '', license: '' })).toHaveLength(3);
  });
});
