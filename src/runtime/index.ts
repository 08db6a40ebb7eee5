export { type CompileOptions, type CompileResult, compileServer } from './compile.ts';
export { createRuntime, type RuntimeOptions } from './create-runtime.ts';
export { defaultLimits, type Limits } from './limits.ts';
export { type Swept, sweep } from './sweep.ts';
export type * from './types.ts';
