import { describe, expect, it } from 'vitest';
import { makeMutations } from './make-mutants.ts';

/** The changed lines that an operator makes of a source. */
function changed(operator: string, source: string): string[] {
  return makeMutations('server.ts', source)
    .filter((each) => each.operator === operator)
    .map(({ after }) => after);
}
const inside = (body: string) => `async function f(a: string, b?: number) {\n${body}\n}`;

describe('mutants of an answer', () => {
  it.each([
    ['drop-await', 'const x = await g(a);', ['const x = g(a);']],
    ['invert-condition', 'if (a) g();', ['if (!(a)) g();']],
    ['and-or', 'if (a && b) g();', ['if ((a || b)) g();']],
    ['drop-operand', 'if (a && b) g();', ['if (a) g();', 'if (b) g();']],
    ['return-early', 'g();', ['return; g();']],
    ['drop-guard', 'if (a) return 1;', [';']],
    ['drop-throw', 'if (a) throw b;', ['if (a) ;']],
    ['drop-catch', 'try { g() } catch { h() } finally { i() }', ['try { g() } finally { i() }']],
    ['drop-catch', 'await g().catch(h);', ['await g();']],
    ['drop-finally', 'try { g() } finally { i() }', ['{ g() }']],
    ['drop-invalidation', 'await cache?.del(a);', [';']],
    [
      'drop-invalidation',
      'setTimeout(() => kept.delete(a), 5);',
      ['setTimeout(() => undefined, 5);'],
    ],
    ['drop-header', "reply.header('x-id', a);", [';']],
    ['drop-header', "g({ 'x-id': a, method });", ['g({ method });']],
    ['drop-option', 'g({ one: 1, two: 2 });', ['g({ two: 2 });', 'g({ one: 1 });']],
    ['swap-arguments', 'cache.set(a, b);', ['cache.set(b, a);']],
    ['constant', 'cache.get(a);', ["cache.get('same');"]],
    [
      'drop-key-part',
      `const k = \`u:\${a}:\${b}\`;`,
      [`const k = \`u::\${b}\`;`, `const k = \`u:\${a}:\`;`],
    ],
    [
      'drop-key-part',
      'const k = JSON.stringify([a, b]);',
      ['const k = JSON.stringify([b]);', 'const k = JSON.stringify([a]);'],
    ],
    ['swap-key-parts', `const k = \`u:\${a}:\${b}\`;`, [`const k = \`u:\${b}:\${a}\`;`]],
    ['ttl-halved', 'cache.set(a, b, ttlSeconds);', ['cache.set(a, b, (ttlSeconds / 2));']],
    ['off-by-one', 'if (now < b) g();', ['if (now <= b) g();']],
    ['replace-level', "request.log.warn({ a }, 'x');", ["request.log.info({ a }, 'x');"]],
    [
      'drop-log-field',
      "log.info({ a, b }, 'x');",
      ["log.info({ b }, 'x');", "log.info({ a }, 'x');"],
    ],
  ])('%s: %s', (operator, body, expected) => {
    expect(changed(operator, inside(body))).toEqual(expected);
  });

  it('stand where the source has them, and hold the whole module', () => {
    const source =
      "import { g } from './g.ts';\n\ninterface A { b: string }\n\nexport const a = (x: A) => {\n  if (x) g();\n};\n";
    const found = makeMutations('a.ts', source).find(
      (each) => each.operator === 'invert-condition',
    );
    expect(found).toMatchObject({ line: 6, column: 7, before: 'if (x) g();', nth: 1 });
    expect(found?.code).toContain("import { g } from './g.ts';");
  });

  it('are told apart where their lines are the same', () => {
    const found = makeMutations('a.ts', inside('if (a) g();\nif (a) g();'));
    const inverted = found.filter((each) => each.operator === 'invert-condition');
    expect(inverted.map(({ nth }) => nth)).toEqual([1, 2]);
  });
});
