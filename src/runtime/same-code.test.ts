import { describe, expect, it } from 'vitest';
import { codeFingerprint } from './same-code.ts';

const code = `import { a } from './a.ts';
const keyOf = (user: User) => \`student:\${user.id}\`;
export const list = [1, 2, keyOf];
`;

describe('a fingerprint of code', () => {
  it.each([
    ['comments', `/* mine */\n${code}// the end\n`],
    ['spacing and line ends', code.replaceAll('\n', '\r\n').replaceAll(' = ', '   =   ')],
    ['semicolons', code.replaceAll(';', '')],
    ['a comma at the end of a list', code.replace('keyOf]', 'keyOf,]')],
    ['types', code.replace('(user: User)', '(user: any)')],
  ])('is the same with other %s', (_, changed) => {
    expect(changed).not.toBe(code);
    expect(codeFingerprint(changed)).toBe(codeFingerprint(code));
  });

  it.each([
    ['name', code.replaceAll('keyOf', 'key')],
    ['text', code.replace('student:', 'user:')],
    ['number', code.replace('[1,', '[3,')],
    ['order', code.replace('1, 2', '2, 1')],
  ])('is another one with another %s', (_, changed) => {
    expect(codeFingerprint(changed)).not.toBe(codeFingerprint(code));
  });

  it('is made of what is no program, too', () => {
    expect(codeFingerprint('const = ;;;  (')).toBe(codeFingerprint('const  =\n;;; ('));
    expect(codeFingerprint('')).toBe(codeFingerprint('\n'));
  });
});
