import { describe, expect, it } from 'vitest';
import { licenseText } from './license.ts';

const textOf = (license: string) => licenseText({ license, holder: 'Ada & Sons, $1 Ltd.' }, 2031);

describe('LICENSE', () => {
  it.each([
    ['MIT', /^MIT License\n[^]*Permission is hereby granted[^]*WITHOUT WARRANTY/],
    ['ISC', /^ISC License\n[^]*Permission to use[^]*DISCLAIMS ALL WARRANTIES/],
    ['BSD-3-Clause', /^BSD 3-Clause License\n[^]*Redistribution and use/],
    ['Apache-2.0', /^ +Apache License\n +Version 2\.0[^]*9\. Accepting Warranty[^]*END OF TERMS AND CONDITIONS/],
  ])('is the text of %s, with the year and whose it is', (license, text) => {
    expect(textOf(license)).toMatch(text);
    expect(textOf(license)).toContain('Copyright (c) 2031 Ada & Sons, $1 Ltd.\n');
  });

  it('says where the text is of one that is not at hand', () => {
    expect(textOf('EUPL-1.2')).toMatch(
      /^Copyright \(c\) 2031 [^]*SPDX-License-Identifier: EUPL-1\.2\n[^]*https:\/\/spdx\.org\/licenses\/EUPL-1\.2\.html\n$/,
    );
  });

  it('grants nothing where there is none', () => {
    expect(textOf('UNLICENSED')).toBe('Copyright (c) 2031 Ada & Sons, $1 Ltd.\n\nAll rights reserved.\n');
  });
});
