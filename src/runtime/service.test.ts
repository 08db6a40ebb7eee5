import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProcessEnd } from '../kit/index.ts';
import { buildEntries, livingIn, openTestRuntime, until } from './runtime.testing.ts';

let distFolder: string;

beforeAll(async () => {
  distFolder = await buildEntries({ keeper: './keeper-process.ts' });
  // Stand-ins for our services: one answers and ends when its channel closes, one does neither.
  writeFileSync(
    join(distFolder, 'registrar.js'),
    `process.send({ hello: process.argv.slice(2), secret: process.env.SECRET });
     process.on('message', (message) => {
       if (message.fail) { process.stderr.write('it went wrong\\n'); process.exit(4); }
       process.send({ echo: message });
     });
     process.on('disconnect', () => process.exit(0));`,
  );
  writeFileSync(
    join(distFolder, 'load.js'),
    `process.on('message', () => {}); process.on('disconnect', () => {}); process.on('SIGTERM', () => {});
     setInterval(() => {}, 1000);`,
  );
});
afterAll(() => rmSync(distFolder, { recursive: true }));

describe('a service', () => {
  it('is commanded over its channel, and loses no early message', async () => {
    const test = openTestRuntime(distFolder, { environment: { ...process.env, SECRET: 'x' } });
    const service = await test.runtime.startService('registrar', ['--seed', '1']);
    const messages: unknown[] = [];
    await until(async () => (await service.usage())?.memoryBytes !== undefined);
    const off = service.onMessage((message) => messages.push(message));
    service.send({ n: 1 });
    await until(() => messages.length === 2);
    expect(messages).toEqual([{ hello: ['--seed', '1'] }, { echo: { n: 1 } }]);
    off();
    expect(await service.stop()).toEqual({ code: 0, signal: null });
    expect(service.ended()).toEqual({ code: 0, signal: null });
    service.send({ n: 2 });
    await test.close();
  });

  it('tells how it ended, with its last words', async () => {
    const test = openTestRuntime(distFolder);
    const service = await test.runtime.startService('registrar');
    const ends: [ProcessEnd, readonly string[]][] = [];
    service.onEnd((end, stderr) => ends.push([end, stderr]));
    service.send({ fail: true });
    await until(() => ends.length > 0);
    expect(ends).toEqual([[{ code: 4, signal: null }, ['it went wrong']]]);
    await test.close();
  });

  it('that was not built is a bug of ours', async () => {
    const test = openTestRuntime(join(distFolder, 'nowhere'));
    await expect(test.runtime.startService('load')).rejects.toThrow('is missing');
    await test.close();
  });
});

describe('closing a runtime', () => {
  it('ends all that it started, also what does not want to, and takes its record away', async () => {
    const test = openTestRuntime(distFolder);
    const services = [
      await test.runtime.startService('registrar'),
      await test.runtime.startService('load'),
    ];
    const server = await test.start('ignores-sigterm');
    const record = join(test.recordFolder, 'processes');
    expect(readdirSync(record)).toHaveLength(1);
    await Promise.all([test.runtime.close(), test.runtime.close()]);
    for (const { pid } of [...services, server]) expect(await livingIn(pid)).toEqual([]);
    expect(server.ended()).toEqual({ code: null, signal: 'SIGKILL' });
    expect(services[1]?.ended()).toEqual({ code: null, signal: 'SIGKILL' });
    expect(() => readdirSync(record)).toThrow('ENOENT');
    await test.close();
  });

  it('ends a launch that is under way', async () => {
    const test = openTestRuntime(distFolder);
    const launching = test.launch('never-listens');
    const outcome = expect(launching).rejects.toMatchObject({ exitCode: 130 });
    const record = join(test.recordFolder, 'processes');
    await until(() => {
      try {
        return readdirSync(record).length === 1;
      } catch {
        return false;
      }
    });
    await test.runtime.close();
    await outcome;
    await expect(test.launch('minimal')).rejects.toMatchObject({ exitCode: 130 });
    await test.close();
  });

  it('works where no record can be written', async () => {
    const test = openTestRuntime(distFolder);
    // A file where the folder should be: not even root can write into it.
    mkdirSync(test.recordFolder, { recursive: true });
    writeFileSync(join(test.recordFolder, 'processes'), '');
    const server = await test.start('minimal');
    expect(server.ended()).toBeUndefined();
    await test.close();
  });
});
