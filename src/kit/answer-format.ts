/** How a question or a prediction is answered, and what is right. */
export type AnswerFormat =
  | {
      kind: 'number';
      expected: number;
      /** Shown beside the prompt: `req/s`, `calls`. */
      unit?: string;
      /** Printed with the question. Relative: a share of the expected value. */
      tolerance: { absolute: number } | { relative: number };
    }
  | { kind: 'choice'; options: readonly Option[]; expected: string }
  | {
      /** Written `hit=3,miss=1`. */
      kind: 'match';
      /** What is to be placed; the left side of `=`. */
      items: readonly Option[];
      /** Where; the right side. */
      places: readonly Option[];
      /** Place by item. */
      expected: Readonly<Record<string, string>>;
      /** A share of the points for each item that is right; otherwise all or nothing. */
      partialCredit: boolean;
    }
  | { /** Written `2>1>3`. */ kind: 'order'; items: readonly Option[]; expected: readonly string[] }
  | { /** Written `a,c`. */ kind: 'set'; items: readonly Option[]; expected: readonly string[] }
  | { kind: 'text'; expected: string };

/** One of several, chosen by its id. */
export interface Option {
  /** Short: `a`, `1`, `hit`. */
  id: string;
  text: string;
}
