import { describe, expect, it } from 'vitest';
import { logLevels } from '../kit/index.ts';
import { actionOf, sourceKey } from './keys.ts';
import { type Prompt, typeKey } from './prompt.ts';

const press = (name: string) => actionOf({ name, text: name });

describe('keys', () => {
  it('1 to 6 are levels at the source, letters are levels of the reader', () => {
    const levels = (keys: string[]) => keys.map((key) => press(key));
    expect(levels(['1', '2', '3', '4', '5', '6'])).toEqual(
      logLevels.map((level) => ({ kind: 'source', level })),
    );
    expect(levels(['t', 'd', 'i', 'w', 'e', 'f'])).toEqual(
      logLevels.map((level) => ({ kind: 'reader', level })),
    );
    for (const level of logLevels) {
      expect(press(sourceKey(level))).toEqual({ kind: 'source', level });
    }
  });

  it('do nothing where they mean nothing', () => {
    for (const key of ['x', '7', '0', 'constructor', '__proto__', ' ']) {
      expect(press(key)).toBeUndefined();
    }
    expect(actionOf({ name: 'f5' })).toBeUndefined();
  });
});

describe('a prompt', () => {
  const typeAll = (prompt: Prompt, keys: readonly string[]) =>
    keys.reduce<Prompt>((now, name) => {
      const typed = typeKey(now, name.length === 1 ? { name, text: name } : { name });
      if (typed.kind !== 'typing') throw new Error(`${name} ended it`);
      return typed.prompt;
    }, prompt);
  const empty: Prompt = { what: 'request', typed: '' };

  it('takes what is typed, letters that are keys elsewhere too', () => {
    const prompt = typeAll(empty, ['q', '1', 'x', 'backspace', '-', 'up', 'f1']);
    expect(prompt.typed).toBe('q1-');
    expect(typeKey(prompt, { name: 'return' })).toEqual({ kind: 'answered', text: 'q1-' });
  });

  it('takes the suggestion where nothing is typed', () => {
    const suggesting = { ...empty, suggestion: 'req-4f31' };
    expect(typeKey(suggesting, { name: 'return' })).toEqual({ kind: 'answered', text: 'req-4f31' });
    expect(typeKey(empty, { name: 'return' })).toEqual({ kind: 'answered', text: '' });
    expect(typeKey(suggesting, { name: 'escape' })).toEqual({ kind: 'given-up' });
  });

  it('has an end', () => {
    expect(typeAll(empty, Array(300).fill('a')).typed).toHaveLength(100);
  });
});
