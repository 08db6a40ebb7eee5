import { describe, expect, it } from 'vitest';
import { screens } from '../../fixtures/models/screens.ts';
import { htmlPage } from './html/page.ts';
import { createTheme } from './theme.ts';

const page = htmlPage('A page', []);
const [light = {}, dark = {}] = [...page.matchAll(/:root \{([^}]*)\}/g)].map(([, rules = '']) =>
  Object.fromEntries(
    [...rules.matchAll(/--(\w+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  ),
);

describe('the colours of pages', () => {
  it.each([
    ['light', light],
    ['dark', dark],
  ])('are read well in the %s scheme', (_, colours) => {
    expect(Object.keys(colours).sort()).toEqual(Object.keys(light).sort());
    const { paper = '', track = '' } = colours;
    // WCAG 2.2, 1.4.3: text; 1.4.11: what is drawn, here bars and dots on their track.
    for (const name of ['ink', 'soft', 'a', 'b', 'c', 'd']) {
      expect(contrast(colours[name] ?? '', paper), `${name} on paper`).toBeGreaterThanOrEqual(4.5);
    }
    for (const name of ['soft', 'a', 'b', 'c', 'd']) {
      expect(contrast(colours[name] ?? '', track), `${name} on track`).toBeGreaterThanOrEqual(3);
    }
  });

  it('are used by name alone, so that both schemes have them', () => {
    const rules = page.replaceAll(/:root \{[^}]*\}/g, '');
    expect(rules.match(/#[0-9a-f]{3,8}\b|rgb|hsl|opacity/g)).toBeNull();
  });

  it('are compared as the standard says', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });
});

describe('the colours of the terminal', () => {
  it('are red, green, magenta and cyan in every screen, beside bold and italic: no dim text, no grey', () => {
    const codes = new RegExp(`${String.fromCharCode(27)}\\[([^m]*)m`, 'g');
    const theme = createTheme({ columns: 100, colour: 3, plain: false, unicode: true });
    const used = Object.values(screens).flatMap((draw) =>
      [...draw(theme).matchAll(codes)].map(([, code]) => code),
    );
    const closing = ['22', '23', '39'];
    const allowed = [...closing, '1', '3', '31', '32', '35', '36'];
    expect([...new Set(used)].filter((code) => !allowed.includes(code ?? ''))).toEqual([]);
  });
});

/** WCAG 2.2: from 1 to 21. */
function contrast(one: string, other: string): number {
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
