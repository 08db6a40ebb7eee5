import { expect, it } from 'vitest';
import { isJsonType } from './json-type.ts';

const types = (texts: string[]) =>
  texts.filter((text) => isJsonType({ headers: { 'content-type': text } }));

it('takes every content type of JSON', () => {
  const json = [
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;charset=UTF-8',
    'application/problem+json',
    'application/vnd.api+json ; v=1',
  ];
  expect(types(json)).toEqual(json);
});

it('takes no other', () => {
  expect(
    types(['text/plain', 'text/json', 'application/jsonp', 'text/plain; application/json']),
  ).toEqual([]);
  expect(isJsonType({ headers: {} })).toBe(false);
});
