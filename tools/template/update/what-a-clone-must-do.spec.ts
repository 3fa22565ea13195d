import { expect, it } from 'vitest';
import { whatACloneMustDo } from './what-a-clone-must-do.ts';

const CHANGELOG = `# Changelog

## [0.3.0] - 2030-03-01

### Added

- A thing.

### What a clone must do

- Turn it on.
- And off
  again.

## [0.2.1] - 2030-02-02

### What a clone must do

Nothing.

## [0.2.0] - 2030-02-01

### What a clone must do

- Rename it.

## [0.1.0] - 2030-01-01

### What a clone must do

- Begin.
`;

it.each([
  ['0.1.0', ['- Turn it on.\n- And off\n  again.', '- Rename it.']],
  ['0.2.0', ['- Turn it on.\n- And off\n  again.']],
  ['0.3.0', []],
])('after %s: what each newer version asks for, if anything', (since, expected) => {
  expect(whatACloneMustDo(CHANGELOG, since)).toEqual(expected);
});

it('has nothing to say where the template keeps no changelog', () => {
  expect(whatACloneMustDo('', '0.1.0')).toEqual([]);
});
