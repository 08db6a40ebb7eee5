import { describe, expect, it } from 'vitest';
import { messageProblems } from '../authoring/message-rules.ts';
import type { AnswerFormat } from '../kit/index.ts';
import { parseAnswer } from './answer-text.ts';
import { examineMessage } from './judge-message.ts';
import { judgeAnswer } from './judge-question.ts';

const format = {
  kind: 'message',
  facts: [
    { id: 'when', text: 'since when', anyOf: ['\\b09:4[12]\\b'] },
    {
      id: 'who',
      text: 'how many people',
      anyOf: ['\\b3 (students|users)\\b', '\\bthree (students|users)\\b'],
      noneOf: ['\\ball (students|users)\\b'],
    },
  ],
  secrets: ['tok-9f31c2d4'],
  longest: 200,
  example: 'Since 09:41, three students may have seen grades of others.',
} satisfies AnswerFormat;

describe('a message', () => {
  it('earns a share for each fact, in any words and over line ends', () => {
    expect(judgeAnswer(format.example, format, 10)).toEqual({ outcome: 'right', points: 10 });
    expect(judgeAnswer('Since 09:42,\nthree\nSTUDENTS', format, 10).outcome).toBe('right');
    expect(judgeAnswer('It began at 09:41.', format, 10)).toEqual({ outcome: 'partly', points: 5 });
    expect(judgeAnswer('We are sorry.', format, 10)).toEqual({ outcome: 'wrong', points: 0 });
  });

  it('earns nothing for a fact that it also tells wrongly', () => {
    const text = '09:41: 3 users, or all users';
    expect(examineMessage(text, format)).toEqual({ missing: ['how many people'], secrets: 0 });
  });

  it.each([
    'tok-9f31c2d4',
    Buffer.from('x tok-9f31c2d4 y').toString('base64'),
    Buffer.from('tok-9f31c2d4').toString('hex').replace(/../g, '%$&'),
  ])('that gives a secret away, as %s, earns nothing', (secret) => {
    const judged = judgeAnswer(`${format.example} ${secret}`, format, 10);
    expect(judged).toEqual({ outcome: 'wrong', points: 0 });
  });

  it('is refused when it is too long, without being repeated whole', () => {
    expect(() => parseAnswer('x'.repeat(201), format)).toThrow(/^"x{60}\.\.\." cannot be read/);
  });
});

describe('the rules for a message', () => {
  it('find nothing in one that is sound', () => {
    expect(messageProblems(format)).toEqual([]);
  });

  it.each([
    [{ facts: [{ id: 'when', text: '', anyOf: ['('] }] }, 'a pattern that cannot be read'],
    [{ facts: [{ id: 'when', text: '', anyOf: ['.'] }] }, 'told by a message that tells nothing'],
    [{ facts: [] }, 'has nothing to tell'],
    [{ secrets: [] }, 'has no secrets'],
  ])('see %j', (change, problem) => {
    expect(messageProblems({ ...format, ...change }).join('\n')).toContain(problem);
  });
});
