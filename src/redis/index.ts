export { findRedis } from './find-redis.ts';
export { type OpenRedis, openRedis } from './open-redis.ts';
