import { type AnyNode, parse } from 'acorn';

/** A change of a text: what stands from `start` up to `end` becomes `text`. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** Where a node stands. */
export interface Place {
  /** The module, without types. */
  code: string;
  /** What it stands in, from the program to the node right above it. */
  above: readonly AnyNode[];
}

/** One way to go wrong: the changes that it can make at a node, each a mutant of its own; most make none. */
export interface Operator {
  /** In kebab-case. */
  name: string;
  edits(node: AnyNode, place: Place): readonly Edit[];
}

/** Parses a module. Throws a SyntaxError. */
export function parseModule(code: string): AnyNode {
  return parse(code, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
}

/** Calls `visit` with each node of the tree, a node before those in it. */
export function walk(
  node: AnyNode,
  visit: (node: AnyNode, above: readonly AnyNode[]) => void,
  above: readonly AnyNode[] = [],
): void {
  visit(node, above);
  const inside = [...above, node];
  for (const value of Object.values(node).flat()) if (isNode(value)) walk(value, visit, inside);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

export function textOf(node: { start: number; end: number }, { code }: Pick<Place, 'code'>) {
  return code.slice(node.start, node.end);
}

export function replace(node: { start: number; end: number }, text: string): Edit {
  return { start: node.start, end: node.end, text };
}

/** The name of what is called: `del` of `cache?.del(key)`, `fetch` of `fetch(url)`; '' where it has none. */
export function calleeName(node: AnyNode): string {
  if (node.type !== 'CallExpression') return '';
  const { callee } = node;
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
    ? callee.property.name
    : '';
}

/** A call without the `await`, `void` and `?.` around it. */
export function bareCall(node: AnyNode): AnyNode {
  if (node.type === 'AwaitExpression' || node.type === 'UnaryExpression')
    return bareCall(node.argument);
  return node.type === 'ChainExpression' ? bareCall(node.expression) : node;
}

/** Writes a record: a call of a logger's method, or of a function named so. */
export function isLogCall(node: AnyNode, place: Pick<Place, 'code'>): boolean {
  return node.type === 'CallExpression' && /\b\w*log(ger)?\b/i.test(textOf(node.callee, place));
}

/** The edit that leaves out one item of a list, with the comma that it no longer needs. */
export function withoutItem(
  items: readonly ({ start: number; end: number } | null)[],
  index: number,
): Edit | undefined {
  const item = items[index];
  if (!item) return undefined;
  const next = items[index + 1];
  const before = items[index - 1];
  if (next) return { start: item.start, end: next.start, text: '' };
  return before ? { start: before.end, end: item.end, text: '' } : replace(item, '');
}
