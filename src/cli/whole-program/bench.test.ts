import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BenchFigures, VariantSummary } from '../../kit/index.ts';
import { freshFolder, layOver, run, solutionNames, workspaceWithLab1 } from './program.testing.ts';

const short = ['--rounds', '3', '--duration', '1'];

describe('bench 1', () => {
  it('gives one JSON document with every figure, and stores the run', async () => {
    const folder = freshFolder();
    const ended = await run(['bench', '1', ...short, '--json'], folder);
    expect(ended.code, ended.stderr).toBe(0);
    const report = JSON.parse(ended.stdout) as BenchFigures & { run: number };
    expect(report).toMatchObject({ kind: 'figures', run: 1, server: 'demonstration' });
    const [off, on] = report.variants as [VariantSummary, VariantSummary];
    for (const variant of [off, on]) {
      expect(variant.throughput).toBeGreaterThan(0);
      expect(variant.cpuMsPer1000Requests).toBeGreaterThan(0);
      expect(variant.memoryBytes).toBeGreaterThan(10e6);
      expect(variant.failed).toBe(0);
      const { p50Ms, p90Ms, p95Ms, p99Ms, maxMs } = variant.latency;
      const rising = [p50Ms, p90Ms, p95Ms, p99Ms, maxMs];
      expect(rising).toEqual([...rising].sort((left, right) => left - right));
      expect(p50Ms).toBeGreaterThan(0);
    }
    expect(on.originCalls / on.sent).toBeLessThanOrEqual(off.originCalls / off.sent / 100);
    const [speedup] = report.speedups;
    expect(speedup?.interval.low).toBeLessThanOrEqual(speedup?.ratio ?? 0);
    expect(speedup?.interval.high).toBeGreaterThanOrEqual(speedup?.ratio ?? 0);

    const results = await run(['results', '1', '--json'], folder);
    expect(JSON.parse(results.stdout).labs[0].results).toHaveLength(1);
    expect((await run(['results', '1'], folder)).stdout).toMatch(/run 1/);
  }, 60_000);

  it('refuses to show figures of a server that fails under load', async () => {
    const { folder, lab } = await workspaceWithLab1();
    writeFileSync(
      join(lab, 'server.ts'),
      `import { createServer } from 'node:http';
let answers = 0;
createServer((request, response) => {
  if (request.url !== '/healthz') answers += 1;
  response.statusCode = answers > 50 ? 500 : 200;
  response.end('{}');
}).listen(Number(process.env.PORT), process.env.HOST);
`,
    );
    const ended = await run(['bench', '1', '--mine', ...short], folder);
    expect(ended.code).toBe(3);
    expect(ended.stdout).toMatch(/not shown/);
    expect(ended.stdout).toMatch(/500/);
    expect(ended.stdout).toMatch(/serve 1 --mine/);
  }, 60_000);

  it("measures the learner's own server", async () => {
    const { folder, lab } = await workspaceWithLab1();
    layOver(lab, `solutions/${solutionNames()[0]}`);
    const ended = await run(['bench', '1', '--mine', ...short, '--json'], folder);
    expect(ended.code, ended.stderr).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ kind: 'figures', server: 'mine' });
  }, 60_000);
});
