/** How a question or a prediction is answered, and what is right. */
export type AnswerFormat =
  | {
      /** A number: `0.98`, `1,200`. */
      kind: 'number';
      /** In the unit. */
      expected: number;
      /** Shown beside the prompt: `req/s`, `calls`. */
      unit?: string;
      /** Printed with the question. Relative: a share of the expected value. */
      tolerance: { absolute: number } | { relative: number };
    }
  | {
      /** One of several, written by its id: `b`. */
      kind: 'choice';
      /** Two or more. */
      options: readonly Option[];
      /** The id of the right one. */
      expected: string;
    }
  | {
      /** Written `hit=3,miss=1`. */
      kind: 'match';
      /** What is to be placed; the left side of `=`. */
      items: readonly Option[];
      /** Where; the right side. */
      places: readonly Option[];
      /** Place by item. */
      expected: Readonly<Record<string, string>>;
      /** Further places by item, where more than one is right: any of them counts. */
      alsoRight?: Readonly<Record<string, readonly string[]>>;
      /** A share of the points for each item that is right; otherwise all or nothing. */
      partialCredit: boolean;
    }
  | {
      /** An order, written `2>1>3`. */
      kind: 'order';
      /** Two or more. */
      items: readonly Option[];
      /** All ids in the right order. */
      expected: readonly string[];
    }
  | {
      /** Those that fit, written `a,c`. */
      kind: 'set';
      /** Two or more. */
      items: readonly Option[];
      /** The ids of those that fit, in any order. */
      expected: readonly string[];
    }
  | {
      /** A word or a line, such as a request id. */
      kind: 'text';
      /** Compared in any case; spaces count as one, and none around it. */
      expected: string;
    }
  | {
      /** A message to people, in the learner's own words: given as text, or as `@file`. */
      kind: 'message';
      /** What it must tell; each has an equal share of the points. */
      facts: readonly MessageFact[];
      /** What must not stand in it, raw, percent-encoded or in base64: one of these, and there are no points. */
      secrets: readonly string[];
      /** In characters. */
      longest: number;
      /** A message that tells all of it: never shown, and tried by `labs validate`. */
      example: string;
    };

/** One thing that a message must tell, in any words. */
export interface MessageFact {
  /** Short, unique in the message: `began`. */
  id: string;
  /** What it is, without giving it away: `when it began`. Shown with the question. */
  text: string;
  /** Regular expressions (flags `iu`), one of which finds it: `\\b09:4[12]\\b`. */
  anyOf: readonly string[];
  /** Regular expressions that make it wrong, although it was found: a wrong number, a claim that is false. */
  noneOf?: readonly string[];
}

/** One of several, chosen by its id. */
export interface Option {
  /** Short: `a`, `1`, `hit`. */
  id: string;
  /** What it stands for, as it is shown. */
  text: string;
}
