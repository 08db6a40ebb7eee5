import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lookAtAnswer } from './look.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'course-labs-look-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const look = () => lookAtAnswer(folder, '01-x');

describe('a look at an answer', () => {
  it('sees what the files hold, however they were saved, and nothing else', async () => {
    write('server.ts', 'one');
    const first = await look();
    expect(first.kind).toBe('there');
    write('server.ts~', 'what an editor leaves');
    write('README.md', 'notes');
    write('server.ts', 'one');
    expect(await look()).toEqual(first);

    write('server.ts~', 'two');
    renameSync(join(folder, 'server.ts~'), join(folder, 'server.ts'));
    const second = await look();
    expect(second).not.toEqual(first);
    write('cache.ts', 'beside it');
    expect(await look()).not.toEqual(second);
  });

  it('takes server.js for a server, too', async () => {
    write('server.js', 'one');
    expect((await look()).kind).toBe('there');
  });

  it('tells in a sentence that there is no server, or no folder', async () => {
    write('cache.ts', 'alone');
    expect(await look()).toEqual({ kind: 'away', why: 'There is no server.ts in 01-x.' });
    rmSync(folder, { recursive: true });
    expect(await look()).toMatchObject({ kind: 'away', why: expect.stringMatching(/\.$/) });
  });
});
