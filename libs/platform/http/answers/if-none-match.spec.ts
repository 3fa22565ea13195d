import { describe, expect, it } from 'vitest';
import { matchesEtag } from './if-none-match.js';

describe('If-None-Match', () => {
  it.each(['"7"', 'W/"7"', '"6", "7"', ' "6",W/"7" ', '*'])('%s matches the tag "7"', (condition) => {
    expect(matchesEtag(condition, '"7"')).toBe(true);
  });

  it.each(['"6"', '7', '', 'W/"77"'])('%s does not match the tag "7"', (condition) => {
    expect(matchesEtag(condition, '"7"')).toBe(false);
  });
});
