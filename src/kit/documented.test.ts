import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Node, SourceFile } from 'typescript/unstable/ast';
import {
  isExportDeclaration,
  isInterfaceDeclaration,
  isIntersectionTypeNode,
  isLiteralTypeNode,
  isPropertySignatureDeclaration,
  isStringLiteral,
  isTypeAliasDeclaration,
  isTypeLiteralNode,
  isUnionTypeNode,
  isVariableStatement,
} from 'typescript/unstable/ast/is';
import { API } from 'typescript/unstable/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { emitKitTypes } from './emit-types.testing.ts';

/** What an author's editor sees of the kit: its declarations, which leave out what no export leads to. */
let folder: string;
let api: API;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'course-labs-kit-'));
  emitKitTypes(folder);
  api = new API();
});
afterAll(() => {
  api.close();
  rmSync(folder, { recursive: true, force: true });
});

it('has a doc comment on all that the kit exports, and on every field of it', () => {
  const files = filesOf(parse(join(folder, 'index.d.ts')));
  expect(files.length).toBeGreaterThan(30);
  const found = files.flatMap((file) => {
    const { count, bare } = survey(parse(join(folder, file)));
    return { file, count, bare };
  });
  expect(found.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(300);
  expect(found.flatMap(({ file, bare }) => bare.map((name) => `${file} ${name}`))).toEqual([]);
});

it('sees what has none', () => {
  const file = join(folder, 'bare.d.ts');
  writeFileSync(
    file,
    `
export interface A {
  kind: 'a';
  one: number;
  /** Fine. */
  two: string;
  three(): void;
}
/** Fine. */
export type B =
  | { kind: 'b'; four: number }
  | ({
      /** Fine. */
      kind: 'c';
    } & { five: number });
export declare function f(): void;
export declare const v = 1;
/** Fine: the comment on a field stands for what is inside it. */
export interface C {
  /** Fine. */
  six: { x: number };
}
`,
  );
  expect(survey(parse(file)).bare).toEqual([
    'A',
    'A.one',
    'A.three',
    'B.kind',
    'B.four',
    'B.five',
    'f',
    'v',
  ]);
});

function parse(file: string): SourceFile {
  const snapshot = api.updateSnapshot({ openFiles: [file] });
  const source = snapshot.getDefaultProjectForFile(file)?.program.getSourceFile(file);
  if (source === undefined) throw new Error(`${file} cannot be read`);
  return source;
}

/** The declarations that the index passes on: `./check.ts` is found as `check.d.ts`. */
function filesOf(index: SourceFile): string[] {
  return index.statements.map((statement) => {
    const specifier = isExportDeclaration(statement) ? statement.moduleSpecifier : undefined;
    if (specifier === undefined || !isStringLiteral(specifier))
      throw new Error('the index does more than pass on its files: this test must follow it');
    return specifier.text.replace(/^\.\/(.*)\.[jt]s$/, '$1.d.ts');
  });
}

/** All that is declared in a file, and the names of what has no comment. */
function survey(file: SourceFile): { count: number; bare: string[] } {
  const all = file.statements
    .flatMap(declarations)
    .map(({ name, node }) => ({ name, isBare: !node.jsDoc?.length }));
  return { count: all.length, bare: all.filter(({ isBare }) => isBare).map(({ name }) => name) };
}

interface Declared {
  name: string;
  node: Node;
}

/** Imports and `export {}` declare nothing. */
function declarations(statement: Node): Declared[] {
  if (isVariableStatement(statement)) {
    return statement.declarationList.declarations.map((each) => ({
      name: each.name.getText(),
      node: statement,
    }));
  }
  const name = nameOf(statement);
  if (name === undefined) return [];
  const hasFields = isInterfaceDeclaration(statement) || isTypeAliasDeclaration(statement);
  const fields = hasFields ? fieldsOf(statement) : [];
  return [{ name, node: statement }, ...fields.map(within(name))];
}

/** The fields of an interface; of a type the fields of each of its arms. */
function fieldsOf(node: Node): Declared[] {
  if (isInterfaceDeclaration(node)) {
    // The comment on a named interface says what its mark stands for.
    return node.members.filter((member) => !isTextMark(member)).flatMap(field);
  }
  if (isTypeAliasDeclaration(node)) return fieldsOf(node.type);
  if (isTypeLiteralNode(node)) return node.members.flatMap(field);
  if (isUnionTypeNode(node) || isIntersectionTypeNode(node)) return node.types.flatMap(fieldsOf);
  // Parentheses, readonly and arrays lead to the type inside them.
  const inside: Declared[] = [];
  node.forEachChild((child) => {
    inside.push(...fieldsOf(child));
  });
  return inside;
}

function field(member: Node): Declared[] {
  const name = nameOf(member);
  return name === undefined ? [] : [{ name, node: member }];
}

/** `kind: 'read'`: what tells one of several from the others. */
function isTextMark(member: Node): boolean {
  return (
    isPropertySignatureDeclaration(member) &&
    member.type !== undefined &&
    isLiteralTypeNode(member.type) &&
    isStringLiteral(member.type.literal)
  );
}

function nameOf(node: Node): string | undefined {
  const { name } = node as Node & { name?: Node };
  return name?.getText();
}

function within(owner: string): (declared: Declared) => Declared {
  return ({ name, node }) => ({ name: `${owner}.${name}`, node });
}
