import type { Cache } from '../starter/routes.ts';

/** Keeps nothing: each request reaches the origin. */
export const noCache: Cache = {
  get: async () => undefined,
  set: async () => {},
  delete: async () => {},
  close: async () => {},
};
