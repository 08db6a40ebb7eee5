import { describe, expect, it } from 'vitest';
import { asTyped, commandLines, headline } from './layout.ts';
import { createTheme } from './theme.ts';

const options = { columns: 60, colour: false, plain: false, unicode: true };
const theme = createTheme(options);
const npx = createTheme({ ...options, program: 'npx course-labs' });

describe('commands', () => {
  it('begin as the learner must type them', () => {
    expect(asTyped('course-labs run 1', npx)).toBe('npx course-labs run 1');
    expect(asTyped('All of them: course-labs list', npx)).toBe('All of them: npx course-labs list');
    expect(asTyped('npx course-labs list', npx)).toBe('npx course-labs list');
    expect(asTyped('This is course-labs 0.1.0', npx)).toBe('This is course-labs 0.1.0');
  });

  it('stay whole: a long one and its followers leave their label, the others stay beside it', () => {
    const long = `curl -s '${'x'.repeat(60)}'`;
    const commands = [
      { label: 'Bring it back', command: 'course-labs serve 7' },
      { label: '', command: long },
      { label: 'A hint', command: 'course-labs hint 7' },
    ];
    expect(commandLines(commands, theme)).toEqual([
      'Bring it back:',
      '  course-labs serve 7',
      `  ${long}`,
      'A hint:         course-labs hint 7',
    ]);
  });
});

describe('a headline', () => {
  it('stands at both ends of a line, or on two', () => {
    expect(headline('left', 'right', theme)).toEqual([`left${' '.repeat(50)}right`]);
    expect(headline('l'.repeat(40), 'r'.repeat(20), theme)).toEqual([
      'l'.repeat(40),
      'r'.repeat(20),
    ]);
  });
});

describe('the theme', () => {
  it('keeps its width between 40 and 120, and is 100 where nothing is known', () => {
    const widths = [undefined, 0, 10, 60, 500].map(
      (columns) => createTheme({ ...options, columns }).width,
    );
    expect(widths).toEqual([100, 100, 40, 60, 120]);
  });

  it('has no colour and no mark beyond ASCII when plain, whatever else is asked for', () => {
    const plain = createTheme({ columns: 80, colour: 3, plain: true, unicode: true });
    expect(plain.style.bad('x')).toBe('x');
    expect(Object.values(plain.symbols).join('')).toMatch(/^[ -~]*$/);
    expect(plain.unicode).toBe(false);
  });

  it('uses basic colours only, none of them white, black, yellow, blue, grey or dim', () => {
    const { style } = createTheme({ ...options, colour: 3 });
    const codes = Object.values(style)
      .map((paint) => paint('x'))
      .filter((painted) => painted !== 'x')
      .map((painted) => painted.split('m')[0]?.slice(2));
    expect(
      codes.filter((code) => !['1', '3', '31', '32', '35', '36'].includes(code ?? '')),
    ).toEqual([]);
  });
});
