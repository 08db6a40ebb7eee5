import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: { 'course-labs/kit': fileURLToPath(new URL('./src/kit/index.ts', import.meta.url)) },
  },
  test: {
    include: ['src/**/*.test.ts', 'labs/*/*.test.ts'],
    // Tests start real servers and there may be two cores only: more workers would only make them wait.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
