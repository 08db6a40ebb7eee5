export { connectRegistrar, type Registrar } from './client.ts';
export type { Channel } from './commands.ts';
export { createSchool } from './school.ts';
