import { createRandom } from '../../src/kit/random.ts';
import type { LabMutation } from './lab-mutations.ts';

/**
 * The order in which mutants are tried: operator by operator in turn, so that each has its share, and within an operator
 * answer by answer. A seed always gives the same; a change of one answer leaves the order of the others' mutants alone.
 */
export function inFairOrder(mutations: readonly LabMutation[], seed: number): LabMutation[] {
  const random = createRandom(seed, 'mutants');
  const queues = groups(mutations, 'operator').map(({ name: operator, some: ofOperator }) => {
    const own = random.fork(operator);
    const ofAnswers = groups(ofOperator, 'answer').map(({ name, some }) =>
      own.fork(name).shuffle(some),
    );
    return inTurn(own.shuffle(ofAnswers));
  });
  return inTurn(random.shuffle(queues));
}

function groups(mutations: readonly LabMutation[], by: 'operator' | 'answer') {
  const names = [...new Set(mutations.map((each) => each[by]))].sort();
  return names.map((name) => ({ name, some: mutations.filter((each) => each[by] === name) }));
}

/** The first of each list, then the second of each, and so on. */
function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) =>
    lists.flatMap((list) => list.slice(index, index + 1)),
  ).flat();
}
