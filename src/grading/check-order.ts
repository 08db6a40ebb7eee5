import type { Check } from '../kit/index.ts';

/**
 * The checks to run, each after those that it needs; otherwise as they are listed, but with the checks of one group next
 * to each other where their needs allow it, so that their server runs no longer than it must. `only` names some: what
 * they need is run too. Throws where an id is unknown or stands twice, or needs go in a circle.
 */
export function orderChecks(checks: readonly Check[], only?: readonly string[]): readonly Check[] {
  const byId = new Map(checks.map((check) => [check.id, check]));
  if (byId.size !== checks.length) throw new Error(`two checks share an id: ${twice(checks)}`);
  const left = [...withNeeds(byId, only ?? [...byId.keys()])];
  const order: Check[] = [];
  while (left.length > 0) {
    const ready = left.filter(({ needs = [] }) =>
      needs.every((id) => order.some((done) => done.id === id)),
    );
    const group = order.at(-1)?.group;
    const next = ready.find((check) => group !== undefined && check.group === group) ?? ready[0];
    if (!next) throw new Error(`checks need each other: ${left.map(({ id }) => id).join(', ')}`);
    order.push(next);
    left.splice(left.indexOf(next), 1);
  }
  return order;
}

/** The named checks and all that they need, in the order of the list. */
function withNeeds(byId: ReadonlyMap<string, Check>, ids: readonly string[]): readonly Check[] {
  const wanted = new Set<string>();
  const add = (id: string) => {
    if (wanted.has(id)) return;
    const check = byId.get(id);
    if (!check)
      throw new Error(`there is no check "${id}"; there are: ${[...byId.keys()].join(', ')}`);
    wanted.add(id);
    check.needs?.forEach(add);
  };
  ids.forEach(add);
  return [...byId.values()].filter(({ id }) => wanted.has(id));
}

function twice(checks: readonly Check[]): string {
  const ids = checks.map(({ id }) => id);
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))].join(', ');
}
