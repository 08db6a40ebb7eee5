import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** More cases of the properties take more time: `CASES=100000 npm test -- properties`. */
const patienceMs = 30_000 * Math.max(1, Number(process.env.CASES ?? 1000) / 1000);

export default defineConfig({
  resolve: {
    alias: { 'course-labs/kit': fileURLToPath(new URL('./src/kit/index.ts', import.meta.url)) },
  },
  test: {
    include: ['src/**/*.test.ts', 'labs/*/*.test.ts'],
    // Tests start real servers and there may be two cores only: more workers would only make them wait.
    maxWorkers: 2,
    testTimeout: patienceMs,
    hookTimeout: 30_000,
  },
});
