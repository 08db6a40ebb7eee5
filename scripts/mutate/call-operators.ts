import type { AnyNode } from 'acorn';
import {
  bareCall,
  calleeName,
  isLogCall,
  type Operator,
  replace,
  textOf,
  withoutItem,
} from './syntax.ts';

const invalidations =
  /^(del|delete|clear|unlink|incr|expire|flush\w*|forget\w*|invalidate\w*|raise|note|remove\w*)$/i;

/** Mistakes in what is done, and with what. */
export const callOperators: readonly Operator[] = [
  {
    name: 'drop-invalidation',
    edits: (node) => {
      if (node.type === 'ExpressionStatement')
        return invalidations.test(calleeName(bareCall(node.expression)))
          ? [replace(node, ';')]
          : [];
      // What a promise's callback or a command in a chain does.
      return node.type === 'ArrowFunctionExpression' &&
        invalidations.test(calleeName(bareCall(node.body)))
        ? [replace(node.body, 'undefined')]
        : [];
    },
  },
  {
    name: 'drop-statement',
    edits: (node, place) =>
      node.type === 'ExpressionStatement' &&
      place.above.length > 1 &&
      !invalidations.test(calleeName(bareCall(node.expression)))
        ? [replace(node, ';')]
        : [],
  },
  {
    name: 'drop-header',
    edits: (node, place) => {
      if (node.type === 'ExpressionStatement')
        return /^(set|header|headers|setHeader|writeHead)$/.test(calleeName(node.expression)) &&
          /^'[\w-]+'/.test(firstArgument(node.expression, place.code))
          ? [replace(node, ';')]
          : [];
      return node.type === 'ObjectExpression'
        ? node.properties.flatMap((property, index) =>
            property.type === 'Property' &&
            property.key.type === 'Literal' &&
            String(property.key.value).includes('-')
              ? (withoutItem(node.properties, index) ?? [])
              : [],
          )
        : [];
    },
  },
  {
    name: 'drop-option',
    edits: (node, place) => {
      if (node.type !== 'ObjectExpression') return [];
      const above = place.above.at(-1);
      const isArgument = above?.type === 'NewExpression' || above?.type === 'CallExpression';
      return isArgument && !isLogCall(above, place) ? eachLeftOut(node.properties) : [];
    },
  },
  {
    name: 'swap-arguments',
    edits: (node, place) => {
      if (node.type !== 'CallExpression') return [];
      const [first, second] = node.arguments;
      if (!first || !second || !isSimple(first) || !isSimple(second)) return [];
      const between = place.code.slice(first.end, second.start);
      const text = `${textOf(second, place)}${between}${textOf(first, place)}`;
      return [{ start: first.start, end: second.end, text }];
    },
  },
  {
    name: 'constant',
    edits: (node) =>
      node.type === 'CallExpression'
        ? node.arguments
            .filter(({ type }) => type === 'Identifier' || type === 'MemberExpression')
            .map((argument) => replace(argument, "'same'"))
        : [],
  },
];

/** One edit for each item of a list that can be left out. */
export function eachLeftOut(items: readonly ({ start: number; end: number } | null)[]) {
  return items.flatMap((_, index) => withoutItem(items, index) ?? []);
}

function firstArgument(node: AnyNode, code: string): string {
  const first = node.type === 'CallExpression' ? node.arguments[0] : undefined;
  return first ? textOf(first, { code }) : '';
}

function isSimple({ type }: AnyNode): boolean {
  return !/Function|Spread|Object/.test(type);
}
