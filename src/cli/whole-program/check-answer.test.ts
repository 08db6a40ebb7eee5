import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { LabVerdict } from '../../grading/verdict.ts';
import { layOver, run, solutionNames, start, until, workspaceWithLab1 } from './program.testing.ts';
import { standingAt } from './walk.testing.ts';

const shell = promisify(execFile);

describe('check-answer 1', () => {
  it('rejects the starter, and its commands bring the situation back', async () => {
    const { folder } = await workspaceWithLab1();
    const ended = await run(['check-answer', '1'], folder);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/Expected/);
    expect(ended.stdout).toMatch(/Got/);
    const serve = /course-labs (serve 1 --mine --seed \d+ --check [a-z-]+)/.exec(ended.stdout)?.[1];
    const curl = /(curl -s .*)$/m.exec(ended.stdout)?.[1];
    expect(serve, ended.stdout).toBeDefined();
    expect(curl, ended.stdout).toBeDefined();

    const serving = start((serve as string).split(' '), folder);
    await until('it serves', () => serving.stdout().includes('Ctrl-C'));
    const before = serving.stdout().length;
    const asked = await shell('sh', ['-c', `${curl} -o /dev/null -w '%{http_code}'`]);
    expect(asked.stdout).toBe('200');
    // The starter asks the origin each time: the call that should not have been made is on the screen.
    await until('the origin call shows', () => /GET .*stats/.test(serving.stdout().slice(before)));
    serving.child.kill('SIGINT');
    expect((await serving.ended).code).toBe(130);
  }, 60_000);

  it('leads on: to the rest of a run that waits at its edit, and to the next lab', async () => {
    const { folder, lab } = await standingAt('edit');
    layOver(lab, 'solutions/map-with-expiry');
    const { stdout } = await run(['check-answer', '1', 'C1'], folder);
    expect(stdout).toMatch(/The rest of its guided run: +.*course-labs run 1$/m);
    expect(stdout.trimEnd()).toMatch(/Next: 2 Keys and TTL \(45 min\): +.*course-labs run 2$/);
  }, 60_000);

  it.each(solutionNames())(
    'accepts %s, and keeps it',
    async (name) => {
      const { folder, lab } = await workspaceWithLab1();
      layOver(lab, `solutions/${name}`);
      const ended = await run(['check-answer', '1', '--json'], folder);
      expect(ended.code, ended.stdout + ended.stderr).toBe(0);
      const verdict = JSON.parse(ended.stdout) as LabVerdict;
      expect(verdict.code[0]?.points).toBe(60);
      const progress = await run(['progress', '--json'], folder);
      expect(JSON.parse(progress.stdout)).toMatchObject({
        labs: expect.arrayContaining([
          expect.objectContaining({ number: 1, state: 'done', points: 60 }),
        ]),
      });
    },
    60_000,
  );

  it('repeats a grading with its seed, to the letter', async () => {
    const { folder } = await workspaceWithLab1();
    const grade = async () => {
      const ended = await run(['check-answer', '1', 'C1', '--seed', '8841', '--json'], folder);
      const { code } = JSON.parse(ended.stdout) as LabVerdict;
      return code[0]?.checks.map(({ id, outcome, failure }) => ({ id, outcome, failure }));
    };
    expect(await grade()).toEqual(await grade());
  }, 60_000);

  it('names line and column of a syntax error in the file that the learner wrote', async () => {
    const { folder, lab } = await workspaceWithLab1();
    const file = join(lab, 'server.ts');
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, [...lines, 'const broken = ;'].join('\n'));
    const ended = await run(['check-answer', '1'], folder);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain(`server.ts:${lines.length + 1}:`);
  });

  it('names an import that is not there', async () => {
    const { folder, lab } = await workspaceWithLab1();
    const file = join(lab, 'server.ts');
    writeFileSync(file, `import './cash.ts';\n${readFileSync(file, 'utf8')}`);
    const ended = await run(['check-answer', '1'], folder);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/server\.ts:1:.*cash\.ts/s);
  });

  it('judges a question on the seed, and keeps the answer', async () => {
    const { folder, root } = await workspaceWithLab1();
    const shown = await run(['check-answer', '1', 'Q3'], folder);
    expect(shown.code).toBe(2);
    expect(shown.stdout).toMatch(/Q3/);
    const ended = await run(['check-answer', '1', 'Q3', '1'], folder);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/wrong/);
    const progress = readFileSync(join(root, '.course-labs', 'progress.json'), 'utf8');
    expect(progress).toMatch(/"Q3":\s*\{\s*"given":\s*"1"/);
  });
});
