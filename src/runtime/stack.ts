import { fileURLToPath } from 'node:url';

/** One line of a stack, as Node prints it. Line and column count from 1. */
export interface StackFrame {
  /** Absolute. */
  path: string;
  line: number;
  column: number;
}

/** One error as Node prints it. */
export interface PrintedError {
  /** One line: `TypeError: ...`. */
  message: string;
  frames: readonly StackFrame[];
}

const location = /((?:file:\/\/)?\/.*):(\d+):(\d+)\)?$/;
const inStack = /^\s+at /;
const errorHeader = /^(?:\[?(?:Uncaught )?)?[A-Za-z_$][\w$.]*(?:Error|Exception)\b.*$/;

/** Reads `    at name (/folder/server.ts:3:9)`; undefined for frames of Node's own and for any other line. */
export function frameOf(line: string): StackFrame | undefined {
  if (!inStack.test(line)) return undefined;
  const text = line.trim().slice('at '.length);
  // The place stands in the last parentheses, and a folder's name may hold some itself.
  const opening = /\((?=(?:file:\/\/)?\/)/.exec(text);
  return placeIn(opening ? text.slice(opening.index + 1) : text.replace(/^async /, ''));
}

function placeIn(text: string): StackFrame | undefined {
  if (!text.startsWith('/') && !text.startsWith('file:///')) return undefined;
  const [, path, line, column] = location.exec(text) ?? [];
  if (path === undefined) return undefined;
  return { path: pathOf(path), line: Number(line), column: Number(column) };
}

function pathOf(written: string): string {
  try {
    return written.startsWith('file://') ? fileURLToPath(written) : written;
  } catch {
    return written;
  }
}

/** The frames of a `stack` property. */
export function framesOf(stack: string): readonly StackFrame[] {
  return stack.split('\n').flatMap((line) => frameOf(line) ?? []);
}

/** The last error with a stack among these lines, or the last that Node printed on its way out; undefined for none. */
export function lastPrintedError(lines: readonly string[]): PrintedError | undefined {
  let last = lines.findLastIndex((line) => inStack.test(line));
  if (last < 0) return uncaughtWithoutStack(lines);
  let first = startOfStack(lines, last);
  // Node prints a second stack for an `error` event that nobody listens to; the error stands in the first.
  if (/^Emitted '.*' event /.test(lines[first - 1] ?? '') && inStack.test(lines[first - 2] ?? '')) {
    last = first - 2;
    first = startOfStack(lines, last);
  }
  const frames = lines.slice(first, last + 1).flatMap((line) => frameOf(line) ?? []);
  const origin = originAbove(lines, first);
  return { message: headOf(lines, first), frames: origin ? [...frames, origin] : frames };
}

function startOfStack(lines: readonly string[], last: number): number {
  let first = last;
  while (first > 0 && inStack.test(lines[first - 1] as string)) first -= 1;
  return first;
}

/** The message above a stack: its first line, where it has several. */
function headOf(lines: readonly string[], first: number): string {
  let top = first;
  while (top > 0 && first - top < 20 && isMessage(lines[top - 1] as string)) top -= 1;
  const block = lines.slice(top, first);
  const head = block.find((line) => errorHeader.test(line)) ?? block[0] ?? '';
  return head
    .replace(/^Uncaught /, '')
    .replace(/ \{$/, '')
    .trim();
}

function isMessage(line: string): boolean {
  return line.trim() !== '' && !inStack.test(line);
}

/** `file:///folder/server.mjs:5`, which Node puts above the source line of an error that ends the program. */
const originLine = /^((?:file:\/\/)?\/.*):(\d+)$/;

function originAbove(lines: readonly string[], first: number): StackFrame | undefined {
  const at = lines
    .slice(Math.max(0, first - 20), first)
    .findLastIndex((line) => originLine.test(line));
  return at < 0 ? undefined : originAt(lines, Math.max(0, first - 20) + at);
}

function originAt(lines: readonly string[], index: number): StackFrame | undefined {
  const [, path, line] = originLine.exec(lines[index] ?? '') ?? [];
  if (path === undefined) return undefined;
  const caret = lines.slice(index + 1, index + 4).find((text) => caretLine.test(text));
  return { path: pathOf(path), line: Number(line), column: (caret?.indexOf('^') ?? 0) + 1 };
}

const caretLine = /^\s*\^+\s*$/;

/** `throw 'text'` has no stack: Node prints a place (often one of its own), a line, a caret, and the text. */
function uncaughtWithoutStack(lines: readonly string[]): PrintedError | undefined {
  const caret = lines.findLastIndex((line) => caretLine.test(line));
  if (caret < 2) return undefined;
  const message = lines.slice(caret + 1).find((line) => line.trim() !== '');
  if (message === undefined) return undefined;
  const origin = originAt(lines, caret - 2);
  return { message: `Uncaught ${message}`, frames: origin ? [origin] : [] };
}
