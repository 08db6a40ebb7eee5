import type { Random } from 'course-labs/kit';

/** A word of Python's logging, and the part of pino that does its work, said in two ways. */
interface Word {
  word: string;
  parts: readonly [string, string];
}

const words: readonly Word[] = [
  {
    word: 'logger',
    parts: [
      'what pino() returns, and each child() of it: what code writes to',
      'request.log: the object whose info() and error() a handler calls',
    ],
  },
  {
    word: 'handler',
    parts: [
      'a destination: one stream of a multistream, with what is written to it',
      'pino.destination(file): where lines go, one file or pipe for each',
    ],
  },
  {
    word: 'formatter',
    parts: [
      'JSON, shaped by serializers, timestamp and messageKey: how a record becomes a line',
      'the serializers: what of an error or a request stands in the line, and how',
    ],
  },
  {
    word: 'level',
    parts: [
      'a number from 10 to 60, of each record, and as a threshold of the logger and of each stream',
      'logger.level = "warn", and the level of a stream: what is less is let go',
    ],
  },
  {
    word: 'filter',
    parts: [
      'hooks.logMethod: your own function sees each call, and may let it drop',
      'a function between the call and the line, which decides by more than the level',
    ],
  },
  {
    word: 'propagate',
    parts: [
      'nothing: a child has no destinations of its own, so no record is handed up to its parent',
      'no part is needed: children and parent write to the same destination, each record once',
    ],
  },
];

/** Parts of pino that none of the six words means. */
const others = [
  'flushSync(): what waits in memory is written now',
  'redact: what stands at a path of a record is made unreadable',
];

/** The words and the parts in an order of the seed, with the part of each word, and one part too many. */
export function drawWords(random: Random) {
  const parts = words.map(({ word, parts: two }) => ({ word, text: random.pick(two) }));
  const all = random.shuffle([...parts, { word: '', text: random.pick(others) }]);
  const places = all.map(({ text }, index) => ({ id: `${index + 1}`, text }));
  const idOf = (word: string) => `${all.findIndex((part) => part.word === word) + 1}`;
  const items = random.shuffle(words).map(({ word }) => ({ id: word, text: word }));
  return {
    items,
    places,
    expected: Object.fromEntries(items.map(({ id }) => [id, idOf(id)])),
  };
}
