import { expect, it } from 'vitest';
import { flatFields, shortLabels } from './flat-fields.ts';

it('gives every value its path, in order', () => {
  const json = { owner: 1, results: [{ note: 'a', tags: [] }, { note: null }], more: {} };
  expect(flatFields(json).map(({ path, value }) => [path, value])).toEqual([
    ['owner', 1],
    ['results.0.note', 'a'],
    ['results.0.tags', []],
    ['results.1.note', null],
    ['more', {}],
  ]);
});

it('calls a document that is a single value the body', () => {
  expect(flatFields('text')).toEqual([{ path: 'body', value: 'text' }]);
  expect(flatFields([])).toEqual([{ path: 'body', value: [] }]);
});

it('labels a path by as much of its end as tells it from the others', () => {
  const paths = ['owner', 'results.0.subject', 'results.0.note', 'results.1.note', 'more.owner'];
  expect(shortLabels(paths)).toEqual(['owner', 'subject', '0.note', '1.note', 'more.owner']);
  expect(shortLabels(['footnote', 'a.note'])).toEqual(['footnote', 'note']);
});
