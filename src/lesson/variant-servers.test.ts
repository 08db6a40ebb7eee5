import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../catalog/types.ts';
import type { Scenario } from '../kit/index.ts';
import { openTestGround, serverSource, type TestGround } from '../probe/stage.testing.ts';
import type { Stage } from '../probe/stage.ts';
import { launchVariants } from './variant-servers.ts';

let ground: TestGround;
let stage: Stage;
beforeAll(async () => {
  ground = await openTestGround();
  stage = await ground.openStage(3);
});
afterAll(async () => {
  await stage.close();
  await ground.close();
});

const tellPid = 'response.end(String(process.pid));';
const answersItsPid = serverSource(tellPid);
const startsOnce = serverSource(
  tellPid,
  `import { existsSync, mkdirSync } from 'node:fs';
const been = process.env.CACHE_DIR + '/been';
if (existsSync(been)) throw new Error('not twice');
mkdirSync(been, { recursive: true });`,
);

async function launch(second: string) {
  const variants = [
    { name: 'off', label: 'off', settings: {} },
    { name: 'on', label: 'on', settings: { cacheBackend: 'file' } },
  ];
  const scenario = { variants } as unknown as Scenario;
  const servers = await launchVariants(
    {
      lab: { number: 1, scenario } as Lab,
      programOf: ({ name }) => ground.program(name, name === 'on' ? second : answersItsPid),
      server: 'mine',
    },
    stage,
  );
  const pidOf = async (name: string) => (await fetch(servers.target(name).url)).text();
  const pids = () => Promise.all(['off', 'on'].map(pidOf));
  return { ...servers, pidOf, pids };
}

const isAlive = (pid: string) => {
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
};

describe('launchVariants', () => {
  it('has other servers after each start but the first, and ends those before them', async () => {
    const { startAnew, pids } = await launch(answersItsPid);
    const first = await pids();
    await startAnew();
    expect(await pids()).toEqual(first);
    await startAnew();
    const second = await pids();
    await startAnew();
    const third = await pids();
    expect(new Set([...first, ...second, ...third]).size).toBe(6);
    expect([...first, ...second, ...third].map(isAlive)).toEqual([
      ...[false, false, false, false],
      ...[true, true],
    ]);
  });

  it('tells whose server did not start again, once the others have started', async () => {
    const { startAnew, pidOf, pids } = await launch(startsOnce);
    const first = await pids();
    await startAnew();
    await expect(startAnew()).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/^Your server did not start\. .*not twice/),
    });
    expect([...first, await pidOf('off')].map(isAlive)).toEqual([false, false, true]);
  });

  it('knows no server of a variant that there is not', async () => {
    const { target } = await launch(answersItsPid);
    expect(() => target('neither')).toThrow('no server of the variant neither');
  });
});
