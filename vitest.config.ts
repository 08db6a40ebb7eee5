import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// What takes a minute or more each has a command of its own, which says `--mode slow`.
const slow = ['src/**/*.slow.ts'];
const usual = ['src/**/*.test.ts', 'labs/*/*.test.ts', 'scripts/*.test.ts'];

/** More cases of the properties take more time: `CASES=100000 npm test -- properties`. */
const patienceMs = 30_000 * Math.max(1, Number(process.env.CASES ?? 1000) / 1000);

export default defineConfig(({ mode }) => ({
  resolve: {
    alias: { 'course-labs/kit': fileURLToPath(new URL('./src/kit/index.ts', import.meta.url)) },
  },
  test: {
    include: mode === 'slow' ? slow : usual,
    // Tests start real servers and there may be two cores only: more workers would only make them wait.
    maxWorkers: 2,
    testTimeout: patienceMs,
    hookTimeout: 30_000,
  },
}));
