import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  baseEnvironment,
  descendantsOf,
  freshFolder,
  run,
  serviceAmong,
  start,
  stillRunning,
  until,
  workspaceWithLab1,
} from './program.testing.ts';

const shell = promisify(execFile);

/** Answers its first question, and then never again: its one thread is busy for ever. */
const loopsForEver = `import { createServer } from 'node:http';
createServer((request, response) => {
  if (request.url === '/healthz') return response.end('ok');
  for (;;);
}).listen(Number(process.env.PORT), process.env.HOST);
`;

describe('an interrupt', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s ends a benchmark and all that it started',
    async (signal) => {
      const folder = freshFolder();
      const bench = start(['bench', '1', '--rounds', '20', '--duration', '2'], folder);
      await until('it measures', () => bench.stderr().includes('Measuring'));
      const processes = descendantsOf(bench.child.pid as number);
      expect(processes.length).toBeGreaterThanOrEqual(5);
      bench.child.kill(signal);
      const ended = await bench.ended;
      expect(ended.code).toBe(130);
      await until('all are gone', () => stillRunning(processes).length === 0);
    },
    60_000,
  );

  it('leaves progress whole', async () => {
    const { folder, lab, root } = await workspaceWithLab1();
    expect((await run(['check-answer', '1', 'Q3', '7'], folder)).code).toBe(1);
    const before = readFileSync(join(root, '.course-labs', 'progress.json'), 'utf8');
    writeFileSync(join(lab, 'server.ts'), loopsForEver);
    const grading = start(['check-answer', '1'], folder);
    await until('it checks', () => grading.stderr().includes('Checking'));
    grading.child.kill('SIGINT');
    expect((await grading.ended).code).toBe(130);
    expect(readFileSync(join(root, '.course-labs', 'progress.json'), 'utf8')).toBe(before);
  }, 60_000);
});

describe('SIGKILL', () => {
  it('leaves nothing running, even while an answer loops for ever', async () => {
    const { folder, lab } = await workspaceWithLab1();
    writeFileSync(join(lab, 'server.ts'), loopsForEver);
    const grading = start(['check-answer', '1'], folder);
    // The keeper, the registrar, and the answer, which has had its first question.
    const seen = () => descendantsOf(grading.child.pid as number);
    await until('all three run', () => seen().length >= 3);
    await until('it is asked', () => grading.stderr().includes('Checking'));
    const processes = seen();
    grading.child.kill('SIGKILL');
    await grading.ended;
    await until('all are gone', () => stillRunning(processes).length === 0);
  }, 60_000);
});

describe('SIGKILL to the command and its keeper', () => {
  it('leaves what the next command ends, whichever it is', async () => {
    const { folder, lab } = await workspaceWithLab1();
    writeFileSync(join(lab, 'server.ts'), loopsForEver);
    const grading = start(['check-answer', '1'], folder);
    const seen = () => descendantsOf(grading.child.pid as number);
    await until('it is asked', () => grading.stderr().includes('Checking'));
    await until('all three run', () => seen().length >= 3 && !!serviceAmong(seen(), 'keeper'));
    const processes = seen();
    // Stopped, it cannot start another keeper meanwhile.
    grading.child.kill('SIGSTOP');
    process.kill(serviceAmong(processes, 'keeper')?.pid as number, 'SIGKILL');
    grading.child.kill('SIGKILL');
    await grading.ended;
    expect(stillRunning(processes)).not.toEqual([]);
    expect((await run(['progress', '--json'], folder)).code).toBe(0);
    await until('all are gone', () => stillRunning(processes).length === 0);
  }, 60_000);
});

describe('an answer that loops for ever', () => {
  it('is rejected, and its end is waited for', async () => {
    const { folder, lab } = await workspaceWithLab1();
    writeFileSync(join(lab, 'server.ts'), loopsForEver);
    const ended = await run(['check-answer', '1'], folder);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/none after 10 s|within 10 s/);
  }, 180_000);
});

describe('a port that is taken', () => {
  it('is told with the option that helps', async () => {
    const other = createServer((_, response) => response.end());
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const ended = await run(['serve', '1', '--port', String(port)], freshFolder());
    await new Promise((resolve) => other.close(resolve));
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain(String(port));
    expect(ended.stderr).toContain('--port');
  }, 60_000);
});

describe('two commands at once in one workspace', () => {
  it('both do their work, and both attempts are kept', async () => {
    const { folder, root } = await workspaceWithLab1();
    const both = await Promise.all([
      run(['check-answer', '1', 'C1'], folder),
      run(['check-answer', '1', 'C1'], folder),
    ]);
    expect(both.map(({ code }) => code)).toEqual([1, 1]);
    const progress = readFileSync(join(root, '.course-labs', 'progress.json'), 'utf8');
    expect(progress.match(/"hash"/g)).toHaveLength(2);
  }, 60_000);
});

describe('npx', () => {
  it("works from inside the workspace's lab folder, offline", async () => {
    const { folder, lab } = await workspaceWithLab1();
    // The links are made by the first command that runs anything.
    await run(['check-answer', '1', 'C1'], folder);
    const { stdout } = await shell('npx', ['--offline', 'course-labs', 'list', '--json'], {
      cwd: lab,
      env: baseEnvironment(),
    });
    expect(JSON.parse(stdout).labs[0]).toMatchObject({ number: 1, state: 'started' });
  }, 60_000);
});
