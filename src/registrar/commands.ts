import { couldNotRun, messageOf } from '../errors.ts';
import type { OriginCall, ProcessEnd } from '../kit/index.ts';
import type { CommandName, Commands, FromRegistrar, ToRegistrar } from './messages.ts';

/** The way to the registrar's process; a `Service` of the runtime is one. */
export interface Channel {
  send(message: unknown): void;
  /** Adds a listener; the function that it returns takes it away. */
  onMessage(listener: (message: unknown) => void): () => void;
  /** Called once when the process ends, with the last lines of its stderr. */
  onEnd(listener: (end: ProcessEnd, stderr: readonly string[]) => void): void;
}

/** Sends commands and waits for what comes of them. */
export interface CommandSender {
  /** Rejects with an Error where the command was refused, and with a CourseError when the process ends. */
  send<Name extends CommandName>(
    command: Name,
    input: Commands[Name]['asks'],
  ): Promise<Commands[Name]['gives']>;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** `onCall` hears each `call` message. */
export function createCommandSender(
  channel: Channel,
  onCall: (call: OriginCall) => void,
): CommandSender {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let ended: Error | undefined;

  channel.onMessage((received) => {
    const message = received as FromRegistrar;
    if (message.kind === 'call') return onCall(message.call);
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'done') asked?.resolve(message.result);
    else asked?.reject(new Error(`registrar: ${message.message}`));
  });
  channel.onEnd((end, stderr) => {
    ended = endError(end, stderr);
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  });

  return {
    send: (command, input) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) return reject(ended);
        lastId += 1;
        waiting.set(lastId, { resolve: resolve as Waiting['resolve'], reject });
        try {
          channel.send({ id: lastId, command, input } satisfies ToRegistrar);
        } catch (error) {
          waiting.delete(lastId);
          reject(couldNotRun(`The registrar cannot be reached: ${messageOf(error)}`));
        }
      }),
  };
}

function endError(end: ProcessEnd, stderr: readonly string[]): Error {
  const how = end.signal ?? `code ${end.code}`;
  // A crash report ends with Node's version; the sentence that tells stands above the stack.
  const told = stderr.find((line) => /^\w*Error\b/.test(line)) ?? stderr.findLast(Boolean);
  return couldNotRun(
    `The registrar (the school's database server) ended (${how})${told ? `: ${told}` : '.'}`,
    'Try again; if it happens again, run: course-labs doctor',
  );
}
