export { compileServer } from './compile.ts';
export { createRuntime, type RuntimeOptions } from './create-runtime.ts';
export { useQuickPackages } from './quick-packages.ts';
export { sweep } from './sweep.ts';
export type * from './types.ts';
