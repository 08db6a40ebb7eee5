export { connectRegistrar, type Registrar } from './client.ts';
export { createSchool } from './school.ts';
