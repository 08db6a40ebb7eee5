import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../errors.ts';

/** ES modules, and never published. */
const packageJson = { name: 'course-labs-work', private: true, type: 'module' };

/** For editors alone: grading does not check types. */
const tsconfig = {
  compilerOptions: {
    target: 'ES2023',
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    types: ['node'],
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    skipLibCheck: true,
  },
  exclude: ['node_modules', '.course-labs'],
};

const files: Readonly<Record<string, string>> = {
  'package.json': toText(packageJson),
  'tsconfig.json': toText(tsconfig),
  '.gitignore':
    'node_modules\n.course-labs/build\n.course-labs/fresh\n.course-labs/logs\n.course-labs/processes\n',
};

/** Writes the files of a workspace that a learner's editor and git need. Files that are there are left alone. */
export async function writeScaffold(root: string): Promise<void> {
  await mkdir(root, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    try {
      await writeFile(join(root, name), text, { flag: 'wx' });
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

function toText(json: object): string {
  return `${JSON.stringify(json, undefined, 2)}\n`;
}
