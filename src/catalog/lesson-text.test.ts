import { expect, test } from 'vitest';
import { parseLesson } from './lesson-text.ts';

test('splits the text at its headings, in order', () => {
  const lesson = parseLesson(
    '# A lab\n\n## intro: Hello there\n\nOne.\n\n### Deeper\n\nTwo.\n\n## end: Bye\nThree.\n',
  );
  expect([...lesson.values()]).toEqual([
    { id: 'intro', title: 'Hello there', text: 'One.\n\n### Deeper\n\nTwo.' },
    { id: 'end', title: 'Bye', text: 'Three.' },
  ]);
});

test('a heading in fenced code is code', () => {
  const lesson = parseLesson('## a: A\n\n````sh\n```\n## not: a heading\n````\n\n## b: B\n');
  expect([...lesson.keys()]).toEqual(['a', 'b']);
  expect(lesson.get('a')?.text).toContain('## not: a heading');
});

test.each([
  ['a heading without an id', '## Hello there\n', 'lesson.md:1: write the heading'],
  ['a section twice', '## a: A\n## b: B\n## a: Again\n', 'two sections for the step "a"'],
  ['text before the first section', '# Title\n\nLost.\n', 'lesson.md:3: text stands before'],
])('refuses %s', (_, text, message) => {
  expect(() => parseLesson(text)).toThrow(message);
});
