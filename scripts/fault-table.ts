import type { Victim } from './fault-cases.ts';
import type { Outcome } from './fault-trial.ts';
import { type Row, renderRows } from './table.ts';

/** One line of the ledger. */
export type Entry =
  | { kind: 'series'; seed: number }
  | { kind: 'undisturbed'; command: string; seconds: number }
  | ({ kind: 'kill'; seed: number; command: string; victim: Victim; turn: number } & Outcome);

export type Kill = Extract<Entry, { kind: 'kill' }>;

const ways = ['told', 'unharmed', 'wrong'] as const;

export function isFine({ left, heldPorts, state, wrong }: Kill): boolean {
  return [left, heldPorts, state, wrong].every(({ length }) => length === 0);
}

/** A line for each command and victim, then what was found. */
export function renderFaults(kills: readonly Kill[]): string {
  const groups = new Map<string, Kill[]>();
  for (const kill of kills) {
    const name = `${kill.command}: ${kill.victim}`;
    groups.set(name, [...(groups.get(name) ?? []), kill]);
  }
  const rows = [...groups].map(([what, group]): Row => {
    const count = (holds: (kill: Kill) => boolean) => group.filter(holds).length;
    const ended = ways.flatMap((way) => {
      const times = count(({ end }) => end === way);
      return times === 0 ? [] : [`${way} ${times}`];
    });
    return {
      what,
      figure: [`${group.length} kills`, ...ended].join(', '),
      against: [
        `left over ${count(({ left }) => left.length > 0)}`,
        `held ports ${count(({ heldPorts }) => heldPorts.length > 0)}`,
        `state ${count(({ state }) => state.length > 0)}`,
        `sentence or exit ${count(({ wrong }) => wrong.length > 0)}`,
        `ended within ${Math.max(...group.map(({ endSeconds }) => endSeconds)).toFixed(1)} s`,
      ].join(', '),
      within: group.every(isFine),
    };
  });
  const found = kills
    .filter((kill) => !isFine(kill))
    .map(({ command, victim, turn, seed, atSeconds, left, heldPorts, state, wrong }) => {
      const all = [...left.map((line) => `left: ${line}`), ...heldPorts, ...state, ...wrong];
      const which = `${command}: ${victim}, ${turn} (seed ${seed}), after ${atSeconds.toFixed(1)} s`;
      return [which, ...all.map((text) => `  ${text}`)].join('\n');
    });
  return [renderRows(rows), ...found].join('\n');
}
