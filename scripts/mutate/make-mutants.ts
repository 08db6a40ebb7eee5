import { transformModule } from '../../src/runtime/transform.ts';
import { callOperators } from './call-operators.ts';
import { flowOperators } from './flow-operators.ts';
import { type Edit, parseModule, walk } from './syntax.ts';
import { valueOperators } from './value-operators.ts';

/** All ways to go wrong that we know. */
export const operators = [...flowOperators, ...callOperators, ...valueOperators];

/** A wrong answer that was made from a right one by a single change; it may turn out to be as right. */
export interface Mutation {
  /** Relative to the answer's folder. */
  file: string;
  operator: string;
  /** Both from 1, in the code without types, which has the lines of the source. */
  line: number;
  column: number;
  /** The lines that the change touches, without the space around them, and what they become. */
  before: string;
  after: string;
  /** Which one it is, from 1, of those with the same operator and lines: as a rule the only one. */
  nth: number;
  /** The whole module, without types: it can stand in the place of the source. */
  code: string;
}

/** Makes all mutants of one module of an answer, in the order of their places. */
export function makeMutations(file: string, source: string): readonly Mutation[] {
  const { code } = transformModule(`/${file}`, file, source);
  const made: Mutation[] = [];
  walk(parseModule(code), (node, above) => {
    if (node.type === 'ImportDeclaration') return;
    for (const { name, edits } of operators)
      for (const edit of edits(node, { code, above })) {
        const mutation = mutationOf(file, name, code, edit);
        if (mutation) made.push({ ...mutation, nth: 1 + made.filter(isLike(mutation)).length });
      }
  });
  return made;
}

function isLike({ operator, before, after }: Omit<Mutation, 'nth'>) {
  return (other: Mutation) =>
    other.operator === operator && other.before === before && other.after === after;
}

/** Undefined where the change leaves no program. */
function mutationOf(
  file: string,
  operator: string,
  code: string,
  { start, end, text }: Edit,
): Omit<Mutation, 'nth'> | undefined {
  const mutated = code.slice(0, start) + text + code.slice(end);
  try {
    parseModule(mutated);
  } catch {
    return undefined;
  }
  const from = code.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = code.indexOf('\n', end);
  const to = lineEnd < 0 ? code.length : lineEnd;
  return {
    file,
    operator,
    line: code.slice(0, start).split('\n').length,
    column: start - from + 1,
    before: oneLine(code.slice(from, to)),
    after: oneLine(code.slice(from, start) + text + code.slice(end, to)),
    code: mutated,
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
