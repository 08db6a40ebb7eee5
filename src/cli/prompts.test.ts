import { expect, it } from 'vitest';
import { narrow } from './prompts.ts';

const choices = [
  { words: '1 Measure a miss: cache-aside', key: '1' },
  { words: '2 Keys and TTL', key: '2' },
  { words: '12 Capstone: an incident, from its logs', key: '12' },
  { words: 'Progress points attempts', key: 'p' },
];
const found = (typed: string) => narrow(choices, typed).map(({ key }) => key);

it('finds what holds every typed word, in any case and order', () => {
  expect(found('MISS a')).toEqual(['1']);
  expect(found('logs incident')).toEqual(['12']);
  expect(found('miss incident')).toEqual([]);
});

it('puts the one first whose key was typed, then what holds it', () => {
  expect(found('2')).toEqual(['2', '12']);
  expect(found(' P ')).toEqual(['p', '12']);
});
