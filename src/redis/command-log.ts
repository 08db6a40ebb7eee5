import type { Clock, RedisCommand } from '../kit/index.ts';

/** What answers have sent. */
export interface CommandLog {
  add(words: readonly string[]): void;
  /** In order. Throws where more came than is kept: nothing may be concluded from a part. */
  commands(): readonly RedisCommand[];
  clear(): void;
}

const ofLibraries: ReadonlySet<string> = new Set([
  'AUTH',
  'CLIENT',
  'COMMAND',
  'HELLO',
  'INFO',
  'PING',
  'QUIT',
  'READONLY',
  'RESET',
  'SELECT',
]);

/** Sent by client libraries by themselves: when they connect, look whether all is well, or leave. Takes upper case. */
export function isOfLibrary(name: string): boolean {
  return ofLibraries.has(name);
}

/** An answer under load, or one that floods Redis, must not fill our memory. */
const kept = { commands: 200_000, characters: 64 * 1024 * 1024 };

export function createCommandLog(clock: Clock): CommandLog {
  let commands: RedisCommand[] = [];
  let characters = 0;
  let overflowed = false;
  return {
    add([first = '', ...args]) {
      const name = first.toUpperCase();
      if (isOfLibrary(name) || overflowed) return;
      characters += args.reduce((sum, arg) => sum + arg.length, name.length);
      overflowed = commands.length >= kept.commands || characters > kept.characters;
      if (overflowed) commands = [];
      else commands.push({ name, args, sentAtMs: clock.nowMs() });
    },
    commands() {
      if (!overflowed) return [...commands];
      throw new Error(`Redis was sent more than ${kept.commands} commands or 64 MB; none is kept.`);
    },
    clear() {
      commands = [];
      characters = 0;
      overflowed = false;
    },
  };
}
