import { describe, expect, it } from 'vitest';
import { answersOf } from './answers.ts';
import { differences, recordOf, recordText } from './record.ts';

const answers = answersOf({ name: 'billing', without: ['api-keys'] });
const record = recordOf('.', answers, 2031);

describe('what a project began with', () => {
  it('is remembered: the template, the year, and all that was answered', () => {
    expect(JSON.parse(recordText(record))).toEqual({
      template: { name: expect.any(String), version: expect.stringMatching(/^\d+\./), commit: record.template.commit },
      year: 2031,
      answers,
    });
  });

  it('is the same when somebody asks for the same, or for less', () => {
    expect(differences(record, { name: 'billing', without: ['api-keys'] })).toEqual([]);
    expect(differences(record, {})).toEqual([]);
  });

  it('is told when somebody asks for something else', () => {
    expect(differences(record, { name: 'bills', without: [] })).toEqual([
      'name: "bills" instead of "billing"',
      'without: [] instead of ["api-keys"]',
    ]);
  });
});
