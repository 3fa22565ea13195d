import { describe, expect, it } from 'vitest';
import { isHarmlessName } from './file-name.js';

describe('the name of a file', () => {
  it.each(['cat.jpg', 'Cat.JPG', 'a cat.jpeg', 'Grüße (1).jpg', '猫.jpg', 'report.v1.2.jpg', 'x.jpg'])(
    'may be %s',
    (name) => {
      expect(isHarmlessName(name, ['jpg', 'jpeg'])).toBe(true);
    },
  );

  it.each([
    ['of another type', 'cat.png'],
    ['without an ending', 'jpg'],
    ['of nothing but an ending', '.jpg'],
    ['that is empty', ''],
    ['with a second ending that is run', 'cat.php.jpg'],
    ['with a second ending that is run, written otherwise', 'cat.PhP .jpg'],
    ['whose last ending is run', 'cat.jpg.exe'],
    ['that leads elsewhere', '../../etc/cat.jpg'],
    ['that leads elsewhere on Windows', String.raw`..\cat.jpg`],
    ['of a drive', 'C:cat.jpg'],
    ['that ends early', 'cat.exe\0.jpg'],
    ['of two lines', 'cat\r\nx: y.jpg'],
    ['that is written backwards', 'cat\u202egpj.exe.jpg'],
    ['with an invisible letter', 'cat\u200b.jpg'],
    ['with half a letter', 'cat\ud83d.jpg'],
    ['with a space at its end', 'cat.jpg '],
    ['that nobody can read', `${'x'.repeat(200)}.jpg`],
  ])('may be none %s', (_what, name) => {
    expect(isHarmlessName(name, ['jpg', 'jpeg'])).toBe(false);
  });
});
