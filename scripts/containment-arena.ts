import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a hostile answer must not read, write, reach or end; looked at from outside. */
export interface Arena {
  /** Holds all files of it. */
  folder: string;
  /** Home folder of the grader, with a secret in it. */
  home: string;
  workspace: string;
  /** Stands in files that the answer may not read, and in the grader's environment. */
  secret: string;
  secretFile: string;
  secretModule: string;
  progressFile: string;
  /** A path at which nothing is; another one each time. */
  nowhere(): string;
  /** A port at which nobody listens. */
  freePort: number;
  /** Of a server that is neither the registrar nor the answer. */
  elsewhere: string;
  socketFile: string;
  /** Calls that reached `elsewhere`, and connections that reached `socketFile`. */
  calls(): number;
  /** A process of the same user that has nothing to do with the answer. */
  bystander(): ChildProcess;
  progressIsUntouched(): boolean;
  /** Puts right what the last answer may have changed. */
  renew(): void;
  close(): void;
}

const progress = '{"untouched":true}';
/** The bystander ends by itself, should nobody end it. */
const longestMs = 600_000;

/** Makes everything anew, in a folder of its own. */
export async function openArena(): Promise<Arena> {
  const folder = mkdtempSync(join(tmpdir(), 'course-labs-containment-'));
  const inFolder = (...names: string[]) => join(folder, ...names);
  const secret = `secret-${Math.random().toString(36).slice(2)}`;
  for (const name of ['home', 'outside', 'workspace/.course-labs']) {
    mkdirSync(inFolder(name), { recursive: true });
  }
  writeFileSync(inFolder('home/diary.txt'), secret);
  writeFileSync(inFolder('outside/secret.txt'), secret);
  writeFileSync(inFolder('outside/secret.mjs'), `export default '${secret}';`);
  const progressFile = inFolder('workspace/.course-labs/progress.json');

  let calls = 0;
  const elsewhere = createServer((_request, response) => {
    calls += 1;
    response.end('you should not be here');
  });
  const socket = createSocketServer((connection) => {
    calls += 1;
    connection.destroy();
  });
  const spare = createServer();
  const [port, , freePort] = await Promise.all([
    listen(elsewhere),
    once(socket.listen(inFolder('socket')), 'listening'),
    listen(spare),
  ]);
  spare.close();
  let bystander: ChildProcess | undefined;
  let paths = 0;
  return {
    folder,
    home: inFolder('home'),
    workspace: inFolder('workspace'),
    secret,
    secretFile: inFolder('outside/secret.txt'),
    secretModule: inFolder('outside/secret.mjs'),
    progressFile,
    nowhere() {
      paths += 1;
      return inFolder('outside', `left-behind-${paths}`);
    },
    freePort,
    elsewhere: `http://127.0.0.1:${port}/`,
    socketFile: inFolder('socket'),
    calls: () => calls,
    bystander() {
      const script = `setTimeout(() => {}, ${longestMs})`;
      bystander ??= spawn(process.execPath, ['-e', script], { stdio: 'ignore' });
      return bystander;
    },
    progressIsUntouched: () =>
      existsSync(progressFile) && readFileSync(progressFile, 'utf8') === progress,
    renew() {
      calls = 0;
      bystander?.kill('SIGKILL');
      bystander = undefined;
      writeFileSync(progressFile, progress);
    },
    close() {
      elsewhere.closeAllConnections();
      elsewhere.close();
      socket.close();
      bystander?.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whether somebody listens at a port of 127.0.0.1. */
export async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}
