import type { AnyNode } from 'acorn';
import { bareCall, calleeName, type Operator, type Place, replace, textOf } from './syntax.ts';

/** Mistakes in what happens when: waiting, conditions, early ends, errors. */
export const flowOperators: readonly Operator[] = [
  {
    name: 'drop-await',
    edits: (node, place) =>
      node.type === 'AwaitExpression' && !isTopLevel(place)
        ? [replace(node, textOf(node.argument, place))]
        : [],
  },
  {
    name: 'invert-condition',
    edits: (node, place) =>
      node.type === 'IfStatement' || node.type === 'ConditionalExpression'
        ? [replace(node.test, `!(${textOf(node.test, place)})`)]
        : [],
  },
  {
    name: 'and-or',
    edits: (node, place) => {
      if (node.type !== 'LogicalExpression' || node.operator === '??') return [];
      const other = node.operator === '&&' ? '||' : '&&';
      return [replace(node, `(${textOf(node.left, place)} ${other} ${textOf(node.right, place)})`)];
    },
  },
  {
    name: 'drop-operand',
    edits: (node, place) =>
      node.type === 'LogicalExpression' && node.operator !== '??'
        ? [replace(node, textOf(node.left, place)), replace(node, textOf(node.right, place))]
        : [],
  },
  {
    name: 'return-early',
    edits: (node, { above }) =>
      node.type === 'ExpressionStatement' && above.some(isFunction)
        ? [{ start: node.start, end: node.start, text: 'return; ' }]
        : [],
  },
  {
    name: 'drop-guard',
    edits: (node) =>
      node.type === 'IfStatement' && !node.alternate && node.consequent.type === 'ReturnStatement'
        ? [replace(node, ';')]
        : [],
  },
  {
    name: 'drop-throw',
    edits: (node) => (node.type === 'ThrowStatement' ? [replace(node, ';')] : []),
  },
  {
    name: 'drop-catch',
    edits: (node, place) => {
      if (node.type === 'TryStatement' && node.handler) {
        const { block, finalizer } = node;
        const rest = finalizer ? ` finally ${textOf(finalizer, place)}` : '';
        return [replace(node, `${rest ? 'try ' : ''}${textOf(block, place)}${rest}`)];
      }
      return withoutLink(node, 'catch', place);
    },
  },
  {
    name: 'drop-finally',
    edits: (node, place) => {
      if (node.type === 'TryStatement' && node.finalizer) {
        const { block, handler } = node;
        const rest = handler ? ` ${textOf(handler, place)}` : '';
        return [replace(node, `${rest ? 'try ' : ''}${textOf(block, place)}${rest}`)];
      }
      return withoutLink(node, 'finally', place);
    },
  },
];

/** `promise.catch(…)` without its last link. */
function withoutLink(node: AnyNode, name: string, place: Place) {
  const call = bareCall(node);
  return call === node &&
    node.type === 'CallExpression' &&
    calleeName(node) === name &&
    node.callee.type === 'MemberExpression'
    ? [replace(node, textOf(node.callee.object, place))]
    : [];
}

function isFunction({ type }: AnyNode): boolean {
  return /Function/.test(type);
}

/** A statement of the module itself, such as `await start(app)`: whether it is awaited changes nothing. */
function isTopLevel({ above }: Place): boolean {
  return above.at(-1)?.type === 'ExpressionStatement' && above.length === 2;
}
