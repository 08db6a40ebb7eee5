import { expect, it } from 'vitest';
import { narrow } from './prompts.ts';

const choices = [
  { name: '1  1 Measure a miss: cache-aside', words: '1 Measure a miss: cache-aside', key: '1' },
  { name: '2  2 Keys and TTL', words: '2 Keys and TTL', key: '2' },
  {
    name: '12  12 Capstone: an incident, from its logs',
    words: '12 Capstone: an incident, from its logs',
    key: '12',
  },
  { name: 'p  Progress points attempts', words: 'Progress points attempts', key: 'p' },
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

it('finds the one whose line was typed whole, which is what Tab does', () => {
  expect(found('2  2 Keys and TTL')).toEqual(['2']);
});
