export { compileServer } from './compile.ts';
export { createRuntime, type RuntimeOptions } from './create-runtime.ts';
export { sweep } from './sweep.ts';
export type * from './types.ts';
