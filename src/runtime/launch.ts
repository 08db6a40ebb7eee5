import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { couldNotRun } from '../errors.ts';
import { commandLine } from './command-line.ts';
import { host } from './environment.ts';
import { isFree } from './free-port.ts';
import { type LaunchedProgram, launchProgram } from './launched-program.ts';
import { listeningPorts, listensOn } from './listening-ports.ts';
import { waitUntilReady } from './ready.ts';
import { runningServer } from './running-server.ts';
import type { RuntimeSetting } from './setting.ts';
import { endedEarly, type FailedStart, neverReady, notFound } from './start-failure.ts';
import type { LaunchOptions, LaunchResult, StartFailure } from './types.ts';
import { usageOf } from './usage.ts';

/** How often a port that somebody else has taken in the meantime is changed. */
const attempts = 5;

/** `ownFault` is set when nobody held the port afterwards: the program may have taken it twice itself. */
type Attempt = LaunchResult | { kind: 'port-taken'; ownFault: StartFailure | undefined };

/** Launches a server and waits until it answers. Throws CourseError only for what is our fault, or the port's. */
export async function launchServer(
  options: LaunchOptions,
  setting: RuntimeSetting,
): Promise<LaunchResult> {
  if (options.cacheDir !== undefined) mkdirSync(options.cacheDir, { recursive: true });
  if (options.errorLogFile !== undefined) {
    mkdirSync(dirname(options.errorLogFile), { recursive: true });
  }
  const { port } = options;
  if (port !== undefined) {
    const result = (await isFree(port)) ? await launchOn(port, options, setting) : undefined;
    if (result !== undefined && result.kind !== 'port-taken') return result;
    if (result?.ownFault === undefined) throw portTaken(port);
    return failed(result.ownFault);
  }
  let ownFault: StartFailure | undefined;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const result = await launchOn(await setting.drawPort(), options, setting);
    if (result.kind !== 'port-taken') return result;
    ownFault = attempt === 0 || ownFault !== undefined ? result.ownFault : undefined;
  }
  if (ownFault !== undefined) return failed(ownFault);
  throw couldNotRun(
    `No port was found for the server: ${attempts} were taken by other programs just before it listened.`,
    'Try again; if it stays so, see which programs listen on 127.0.0.1.',
  );
}

async function launchOn(
  port: number,
  options: LaunchOptions,
  setting: RuntimeSetting,
): Promise<Attempt> {
  const startedAt = performance.now();
  const line = commandLine(options, setting);
  if (line.kind !== 'found') return failed(notFound(options.program, line.kind));
  const program = await launchProgram(options, line, port, setting);
  const { limits, platform } = setting;
  const ended = () => program.process.ended() !== undefined;
  const readiness = await waitUntilReady({ port, ended, withinMs: limits.readyWithinMs });
  if (readiness === 'ready') {
    if (isStranger(options, program, port)) {
      await program.process.kill();
      return { kind: 'port-taken', ownFault: undefined };
    }
    const readyAfterMs = performance.now() - startedAt;
    return { kind: 'ready', server: runningServer(program, port, options, platform), readyAfterMs };
  }
  if (readiness === 'ended') {
    const how = await program.end;
    const failure = endedEarly(how, seen(program));
    if (!isAddressInUse(program, port)) return failed(failure);
    return { kind: 'port-taken', ownFault: (await isFree(port)) ? failure : undefined };
  }
  const listening = listeningPorts(program.process.pid);
  const cpuMs = (await usageOf(program.process.pid, platform))?.cpuMs;
  await program.process.kill();
  await program.end;
  const url = `http://${host}:${port}`;
  const details = { url, port, withinMs: limits.readyWithinMs, listening, cpuMs };
  return failed(neverReady(seen(program), details));
}

function failed(failure: StartFailure): LaunchResult {
  return { kind: 'failed', failure };
}

function seen(program: LaunchedProgram): FailedStart {
  return {
    output: program.output(),
    error: program.lastError(),
    refused: program.refusedAccess(),
    brokenLimit: program.brokenLimit(),
  };
}

/** Somebody else answered on this port. A command may serve from a child of its own, so it is believed. */
function isStranger(options: LaunchOptions, program: LaunchedProgram, port: number): boolean {
  if (options.program.kind === 'command') return false;
  return listensOn(program.process.pid, port) === false;
}

const inUse = /EADDRINUSE|address already in use|port is already in use/i;

/** In the words of Node, and of other languages. A message that names another port is the program's own affair. */
function isAddressInUse(program: LaunchedProgram, port: number): boolean {
  const { stdout, stderr } = program.output();
  const message = [...stderr, ...stdout].findLast((line) => inUse.test(line));
  const named = message && /EADDRINUSE.*:(\d+)/.exec(message)?.[1];
  return message !== undefined && (named === undefined || Number(named) === port);
}

function portTaken(port: number) {
  return couldNotRun(
    `Port ${port} of ${host} is taken by another program.`,
    'Choose another with --port, or leave it out: then a free one is taken.',
  );
}
