import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fill } from '../lesson/fill.ts';
import { always, anyText } from '../properties.testing.ts';
import { parseGlossary } from './glossary.ts';
import { parseFolderName } from './lab-folders.ts';
import { parseLesson } from './lesson-text.ts';
import { parseAnswerText } from './proof-answers.ts';

const id = fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}$/);
const oneLine = anyText(24).map((text) => text.replaceAll(/[\r\n\u2028\u2029]/g, ' ').trim());
const title = oneLine.filter((text) => text !== '');
/** Text that is no heading and opens no code. */
const prose = oneLine.filter((text) => !/^ {0,3}(#|`{3}|~{3})/.test(text));
const newline = fc.constantFrom('\n', '\r\n');
const fenced = fc
  .tuple(
    fc.constantFrom('```', '~~~~', '````'),
    fc.array(fc.constantFrom('## not: a heading', '# x', '``', 'code'), { maxLength: 3 }),
  )
  .map(([fence, lines]) => [fence, ...lines, fence].join('\n'));
const body = fc.array(fc.oneof(prose, fenced), { maxLength: 4 }).map((lines) => lines.join('\n'));

it('a lesson is read as it was written: every step, its title and its text', async () => {
  const sections = fc.uniqueArray(fc.record({ id, title, text: body }), {
    maxLength: 5,
    selector: (each) => each.id,
  });
  await always([sections, newline, fc.boolean()], (steps, end, titled) => {
    const head = titled ? '# The lab\n\n' : '';
    const text =
      head + steps.map((step) => `## ${step.id}: ${step.title}\n\n${step.text}\n`).join('\n');
    const lesson = parseLesson(text.replaceAll('\n', end));
    expect([...lesson.values()]).toEqual(
      steps.map((step) => ({ ...step, text: step.text.trim() })),
    );
  });
});

it('an answer’s head is read as it was written, and all the rest is its reason', async () => {
  const value = fc.stringMatching(/^[!-~]{1,12}$/);
  const name = fc.stringMatching(/^[a-z]{1,6}(-[a-z]{1,6}){0,2}$/);
  const heads = fc.uniqueArray(fc.tuple(name, value), { maxLength: 3, selector: ([each]) => each });
  await always([heads, body, newline], (head, reason, end) => {
    const text = `${head.map(([key, item]) => `${key}: ${item}`).join('\n')}\n\n${reason}`;
    const read = parseAnswerText(text.replaceAll('\n', end));
    expect([...read.head]).toEqual(head);
    expect(read.reason).toBe(reason.trim());
  });
});

it('a glossary is read as it was written', async () => {
  const word = fc.stringMatching(/^[a-z]{2,8}( [a-z]{2,8})?$/);
  const terms = fc.uniqueArray(
    fc.record({
      term: word,
      lab: fc.nat(12),
      django: title,
      text: body.map((text) => `The ${text}`.trim()),
    }),
    { maxLength: 5, selector: (each) => each.term },
  );
  await always([terms, newline], (all, end) => {
    const text = all
      .map(
        (each) =>
          `## ${each.term}\nlab: ${each.lab}\ndjango: ${each.django}\n\n${each.text.replaceAll('## ', '')}\n`,
      )
      .join('\n');
    const read = parseGlossary(`# Words\n\n${text}`.replaceAll('\n', end));
    const expected = all
      .map((each) => ({ ...each, also: [], text: each.text.replaceAll('## ', '') }))
      .sort((one, other) => one.term.localeCompare(other.term, 'en'));
    expect(read.map((each) => ({ ...each, text: each.text.trim() }))).toEqual(
      expected.map((each) => ({ ...each, text: each.text.trim() })),
    );
  });
});

it('whatever the text, its readers give something or throw a sentence about it', async () => {
  const source = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '## ',
          '## a: b\n',
          '```\n',
          '# x\n',
          '\n',
          'rejected-by: x\n',
          'lab: 1\n',
          'django: x\n',
        ),
        anyText(12),
      ),
      { maxLength: 10 },
    )
    .map((parts) => parts.join(''));
  await always([source], (text) => {
    for (const read of [parseLesson, parseGlossary, parseAnswerText, parseFolderName]) {
      try {
        read(text);
      } catch (error) {
        expect((error as Error).message).toMatch(/lesson\.md|glossary/);
      }
    }
  });
});

it('every name in a text gets its value, and one without a value is an error', async () => {
  const name = fc.oneof(
    fc.constantFrom('constructor', 'tostring', 'valueOf', 'constructor-2'),
    fc.stringMatching(/^[a-z0-9-]{1,8}$/),
  );
  const parts = fc.array(
    fc.tuple(
      anyText(8).map((text) => text.replaceAll(/[{}]/g, '')),
      name,
    ),
    { maxLength: 5 },
  );
  await always([parts, fc.array(name, { maxLength: 8 })], (text, known) => {
    const values = Object.fromEntries(known.map((each) => [each, `<$&${each}>`]));
    const source = text.map(([before, each]) => `${before}{{${each}}}`).join('');
    const read = () => fill(source, values);
    if (text.every(([, each]) => known.includes(each))) {
      expect(read()).toBe(text.map(([before, each]) => `${before}<$&${each}>`).join(''));
    } else expect(read).toThrow('which has no value');
  });
});
