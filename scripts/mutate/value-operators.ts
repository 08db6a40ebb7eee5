import type { AnyNode } from 'acorn';
import { eachLeftOut } from './call-operators.ts';
import { isLogCall, type Operator, type Place, replace, textOf } from './syntax.ts';

const levels = ['debug', 'info', 'warn', 'error', 'fatal'];
/** The next bound: what is one off at the edge. */
const edges: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' };

/** Mistakes in what is counted, named or written: keys, TTLs, bounds, levels, fields. */
export const valueOperators: readonly Operator[] = [
  {
    name: 'drop-key-part',
    edits: (node, place) => {
      if (node.type === 'ArrayExpression' && node.elements.length > 1)
        return eachLeftOut(node.elements);
      return node.type === 'TemplateLiteral' && !isTold(place)
        ? node.expressions.map(({ start, end }) => ({
            start: place.code.lastIndexOf('${', start),
            end: place.code.indexOf('}', end) + 1,
            text: '',
          }))
        : [];
    },
  },
  {
    name: 'swap-key-parts',
    edits: (node, place) =>
      node.type === 'TemplateLiteral' && !isTold(place)
        ? node.expressions.slice(1).flatMap((second, index) => {
            const first = node.expressions[index] as AnyNode;
            const between = place.code.slice(first.end, second.start);
            const text = `${textOf(second, place)}${between}${textOf(first, place)}`;
            return [{ start: first.start, end: second.end, text }];
          })
        : [],
  },
  ...[
    { name: 'ttl-zero', change: () => '0' },
    { name: 'ttl-times-1000', change: (ttl: string) => `${ttl} * 1000` },
    { name: 'ttl-halved', change: (ttl: string) => `${ttl} / 2` },
  ].map(({ name, change }) => ({
    name,
    edits: (node: AnyNode, place: Place) =>
      node.type === 'Identifier' && /ttl/i.test(node.name) && isRead(node, place)
        ? [replace(node, `(${change(node.name)})`)]
        : [],
  })),
  {
    name: 'off-by-one',
    edits: (node, place) => {
      if (node.type === 'Literal' && typeof node.value === 'number' && node.value <= 100)
        return [replace(node, `${node.value + 1}`)];
      const edge = node.type === 'BinaryExpression' ? edges[node.operator] : undefined;
      return node.type === 'BinaryExpression' && edge
        ? [replace(node, `${textOf(node.left, place)} ${edge} ${textOf(node.right, place)}`)]
        : [];
    },
  },
  {
    name: 'replace-level',
    edits: (node, place) => {
      if (node.type !== 'CallExpression' || !isLogCall(node, place)) return [];
      const { callee } = node;
      const property = callee.type === 'MemberExpression' ? callee.property : undefined;
      return property?.type === 'Identifier' && levels.includes(property.name)
        ? [replace(property, neighbour(property.name))]
        : [];
    },
  },
  {
    name: 'replace-level-name',
    edits: (node) =>
      node.type === 'Literal' && typeof node.value === 'string' && levels.includes(node.value)
        ? [replace(node, `'${neighbour(node.value)}'`)]
        : [],
  },
  {
    name: 'drop-log-field',
    edits: (node, place) =>
      node.type === 'ObjectExpression' &&
      (isLogCallAbove(place) || /record|fields|bindings/i.test(declaredAs(place)))
        ? eachLeftOut(node.properties)
        : [],
  },
];

/** It goes into a record, or into the message of an error: no key is built here. */
function isTold(place: Place): boolean {
  return isLogCallAbove(place) || place.above.at(-1)?.type === 'NewExpression';
}

function isLogCallAbove({ above, code }: Place): boolean {
  const call = above.at(-1);
  return call !== undefined && isLogCall(call, { code });
}

/** The level below; of the lowest that is used the one above. */
function neighbour(level: string): string {
  return levels[levels.indexOf(level) - 1] ?? 'info';
}

/** A use of a variable, not its declaration, a name of a property, or a parameter. */
function isRead(node: AnyNode, { above }: Place): boolean {
  const parent = above.at(-1);
  switch (parent?.type) {
    case 'CallExpression':
    case 'NewExpression':
      return parent.callee !== node;
    case 'BinaryExpression':
    case 'ConditionalExpression':
    case 'AssignmentExpression':
      return !('left' in parent) || parent.left !== node || parent.type === 'BinaryExpression';
    case 'Property':
      return parent.value === node && !parent.shorthand && above.at(-2)?.type !== 'ObjectPattern';
    default:
      return false;
  }
}

function declaredAs({ above }: Place): string {
  const parent = above.at(-1);
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier'
    ? parent.id.name
    : '';
}
