import type { Lab } from '../catalog/types.ts';
import { messageOf } from '../errors.ts';
import { judgeAnswer } from '../grading/judge-question.ts';
import { poseQuestion } from '../grading/questions.ts';
import type { AnswerFormat, PosedQuestion, Question, RunRecord } from '../kit/index.ts';
import { repeated } from './lab-rules.ts';
import { messageProblems } from './message-rules.ts';

/**
 * What is wrong with the questions of a lab, as they stand for some seeds: one that cannot be posed, or whose right
 * answer is not right when it is typed. Questions on a run need one; without it they are not tried.
 */
export function questionProblems(
  { number, exercises }: Pick<Lab, 'number' | 'exercises'>,
  seeds: readonly number[],
  run: RunRecord | undefined,
): readonly string[] {
  const questions = exercises.filter((each): each is Question => each.kind === 'question');
  const found = questions.flatMap((question) =>
    seeds.flatMap((seed) => {
      try {
        const posed = poseQuestion(question, { lab: number, seed, run });
        return posed
          ? posedProblems(posed, question.points).map(
              (text) => `${question.id}, seed ${seed}: ${text}`,
            )
          : [];
      } catch (error) {
        return [`${question.id}, seed ${seed}: ${messageOf(error)}`];
      }
    }),
  );
  return [...new Set(found)];
}

function posedProblems({ text, why, format }: PosedQuestion, points: number): string[] {
  return [
    ...(text.trim() === '' ? ['the text is empty'] : []),
    ...(why.trim() === '' ? ['the reason is empty'] : []),
    ...formatProblems(format),
    ...alsoRightProblems(format),
    ...rightAnswerProblems(format, points),
  ];
}

function formatProblems(format: AnswerFormat): string[] {
  if (format.kind === 'message') return messageProblems(format);
  const lists =
    format.kind === 'choice'
      ? [format.options]
      : format.kind === 'match'
        ? [format.items, format.places]
        : format.kind === 'order' || format.kind === 'set'
          ? [format.items]
          : [];
  return lists.flatMap((list) => {
    const ids = list.map(({ id }) => id.toLowerCase());
    return [
      ...(list.length < 2 ? ['there are fewer than two to choose from'] : []),
      ...repeated(ids).map((id) => `"${id}" stands twice among what can be chosen`),
      ...ids
        .filter((id) => /[=>,\s]/.test(id) || id === '')
        .map((id) => `"${id}" cannot be typed as an id`),
    ];
  });
}

/** A place that cannot be chosen, or that is right already, is a slip of the author. */
function alsoRightProblems(format: AnswerFormat): string[] {
  if (format.kind !== 'match') return [];
  const { items, places, expected, alsoRight = {} } = format;
  return Object.entries(alsoRight).flatMap(([item, others]) => [
    ...(items.some(({ id }) => id === item) ? [] : [`"${item}" is also right, and is no item`]),
    ...others
      .filter((place) => !places.some(({ id }) => id === place))
      .map((place) => `${item}=${place} is also right, and "${place}" is no place`),
    ...repeated([expected[item] ?? '', ...others]).map(
      (place) => `${item}=${place} is right twice`,
    ),
  ]);
}

function rightAnswerProblems(format: AnswerFormat, points: number): string[] {
  const typed = typeRightAnswer(format);
  try {
    const { outcome } = judgeAnswer(typed, format, points);
    return outcome === 'right' ? [] : [`the right answer, typed "${typed}", is judged ${outcome}`];
  } catch (error) {
    return [`the right answer cannot be typed: ${messageOf(error)}`];
  }
}

function typeRightAnswer(format: AnswerFormat): string {
  switch (format.kind) {
    case 'number':
      return String(format.expected);
    case 'match':
      return format.items.map(({ id }) => `${id}=${format.expected[id]}`).join(',');
    case 'order':
      return format.expected.join('>');
    case 'set':
      return format.expected.length === 0 ? 'none' : format.expected.join(',');
    case 'message':
      return format.example;
    case 'choice':
    case 'text':
      return format.expected;
  }
}
