import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findWorkspace } from './find.ts';
import { temporaryFolder, writeFiles } from './test-support.ts';

it('finds the workspace that one stands in, at any depth', async () => {
  const root = await temporaryFolder();
  await writeFiles(root, { 'course-labs.json': '{}', '01-a/src/server.ts': '' });
  expect(findWorkspace(root)).toBe(root);
  expect(findWorkspace(join(root, '01-a', 'src'))).toBe(root);
});

it('finds the default folder beside which one stands, before one further up', async () => {
  const outer = await temporaryFolder();
  await writeFiles(outer, {
    'course-labs.json': '{}',
    'projects/course-labs-work/course-labs.json': '{}',
  });
  const projects = join(outer, 'projects');
  expect(findWorkspace(projects)).toBe(join(projects, 'course-labs-work'));
});

it('takes the folder that one stands in before the default folder in it', async () => {
  const root = await temporaryFolder();
  await writeFiles(root, { 'course-labs.json': '{}', 'course-labs-work/course-labs.json': '{}' });
  expect(findWorkspace(root)).toBe(root);
});

it('finds nothing where there is nothing, and takes no folder for the file', async () => {
  const root = await temporaryFolder();
  await mkdir(join(root, 'course-labs-work', 'course-labs.json'), { recursive: true });
  expect(findWorkspace(root)).toBeUndefined();
  expect(findWorkspace(join(root, 'not', 'there'))).toBeUndefined();
});
