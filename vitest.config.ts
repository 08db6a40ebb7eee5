import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// What takes a minute or more each has a command of its own, which says `--mode slow`.
const slow = ['src/**/*.slow.ts'];
const usual = ['src/**/*.test.ts', 'labs/*/*.test.ts'];

export default defineConfig(({ mode }) => ({
  resolve: {
    alias: { 'course-labs/kit': fileURLToPath(new URL('./src/kit/index.ts', import.meta.url)) },
  },
  test: {
    include: mode === 'slow' ? slow : usual,
    // Tests start real servers and there may be two cores only: more workers would only make them wait.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
}));
