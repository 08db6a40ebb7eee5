import { existsSync } from 'node:fs';
import { type Arena, isListening } from './containment-arena.ts';
import type { Told } from './containment-told.ts';

/** A program of fixtures/hostile or fixtures/programs, what it goes for, and how one sees whether it got there. */
export interface HostileAnswer {
  name: string;
  /** Of fixtures/programs: the path that sets it off. Those of fixtures/hostile do their deed at `/attack`. */
  path?: string;
  target?: (arena: Arena, registrar: number) => string | number;
  staysUntilEnded?: boolean;
  /** Something must end it: looked at when it was stopped. All others are looked at while they run. */
  mustEnd?: boolean;
  /** Whether it got there; nobody is asked where it ended its grader. */
  reached: (arena: Arena, told: Told, target: string) => boolean | Promise<boolean>;
}

type Watch = HostileAnswer['reached'];
const hasSecret: Watch = ({ secret }, { answer }) => answer.includes(secret);
const fileAppeared: Watch = (_arena, _told, target) => existsSync(target);
const answers =
  (text: string): Watch =>
  (_arena, told) =>
    told.answer.includes(text);
const wasCalled: Watch = (arena) => arena.calls() > 0;
const portOpened: Watch = (_arena, _told, target) => isListening(Number(target));
const bystanderDied: Watch = (arena) => {
  const { exitCode, signalCode } = arena.bystander();
  return exitCode !== null || signalCode !== null;
};
const livesOn: Watch = (_arena, { pid, brokenLimit, killed }) =>
  (brokenLimit === undefined && !killed) || isAlive(pid);

const nowhere = (arena: Arena) => arena.nowhere();
const port = (arena: Arena) => arena.freePort;
const reads = (name: string, target?: HostileAnswer['target']): HostileAnswer => ({
  name,
  ...(target && { target }),
  reached: hasSecret,
});
const leaves = (name: string): HostileAnswer => ({ name, target: nowhere, reached: fileAppeared });
const lasts = (name: string, path?: string): HostileAnswer => ({
  name,
  ...(path !== undefined && { path }),
  staysUntilEnded: true,
  mustEnd: true,
  reached: livesOn,
});

/** Files first, then processes, signals, the registrar's control, the network, and what is used up. */
export const hostileAnswers: readonly HostileAnswer[] = [
  reads('reads-home'),
  { name: 'reads-passwords', reached: answers('root:') },
  reads('reads-environment'),
  reads('reads-parents-environment'),
  { name: 'reads-parents-descriptors', reached: answers('descriptor') },
  reads('imports-from-outside', ({ secretModule }) => secretModule),
  reads('reads-through-a-link', ({ secretFile }) => secretFile),
  reads('reads-in-another-context', ({ secretFile }) => secretFile),
  leaves('writes-outside'),
  {
    name: 'changes-progress',
    target: ({ progressFile }) => progressFile,
    reached: (arena) => !arena.progressIsUntouched(),
  },
  leaves('moves-a-file-out'),
  leaves('writes-a-report'),
  leaves('writes-a-database'),
  leaves('makes-a-socket-file'),
  leaves('spawns'),
  leaves('spawns-detached'),
  leaves('forks'),
  leaves('becomes-another-program'),
  { name: 'starts-a-worker', reached: answers('a worker thread says this') },
  { name: 'loads-an-add-on', reached: answers('the loader was reached') },
  leaves('uses-internal-bindings'),
  { name: 'opens-its-debugger', target: port, reached: portOpened },
  { name: 'kills-its-parent', reached: () => false },
  {
    name: 'kills-another-process',
    target: (arena) => arena.bystander().pid ?? 0,
    reached: bystanderDied,
  },
  { name: 'kills-its-group', reached: bystanderDied },
  {
    name: 'debugs-the-registrar',
    target: (_arena, registrar) => registrar,
    reached: answers('webSocketDebuggerUrl'),
  },
  { name: 'commands-by-ipc', reached: (_arena, told) => !told.registrarIsIntact },
  {
    name: 'commands-by-http',
    reached: (_arena, told) => !told.registrarIsIntact || told.answer.includes('taken: '),
  },
  { name: 'opens-another-port', target: port, reached: portOpened },
  { name: 'calls-elsewhere', target: ({ elsewhere }) => elsewhere, reached: wasCalled },
  {
    name: 'connects-to-a-socket-file',
    target: ({ socketFile }) => socketFile,
    reached: wasCalled,
  },
  lasts('eats-buffers', '/eat'),
  lasts('eats-objects', '/eat'),
  lasts('raises-its-heap'),
  lasts('fills-the-cache-folder'),
  lasts('fills-the-error-log'),
  lasts('floods-stdout', '/flood'),
  { ...lasts('loops-after-listening', '/loop'), staysUntilEnded: false },
  { ...lasts('ignores-sigterm', '/'), staysUntilEnded: false },
  { ...lasts('changes-its-name'), staysUntilEnded: false },
];

/** One of each kind. */
export const inShort: readonly string[] = [
  'reads-home',
  'reads-parents-environment',
  'changes-progress',
  'writes-a-database',
  'spawns',
  'kills-its-parent',
  'debugs-the-registrar',
  'commands-by-http',
  'opens-another-port',
  'eats-buffers',
  'fills-the-cache-folder',
];

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
