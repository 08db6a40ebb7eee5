/** Amounts of the last seconds, for "so many a second". */
export interface RateWindow<Name extends string> {
  /** What came in the last `elapsedMs`. */
  add(elapsedMs: number, amounts: Readonly<Record<Name, number>>): void;
  /** A second; undefined until a second is over, since a rate of less would jump about. */
  perSecond(): Readonly<Record<Name, number>> | undefined;
  /** How much time it holds, in milliseconds. */
  elapsedMs(): number;
  /** From now on, as if nothing had been before. */
  clear(): void;
}

/** Less would jump about. */
const leastMs = 950;

export function createRateWindow<Name extends string>(
  names: readonly Name[],
  windowMs: number,
): RateWindow<Name> {
  let parts: { elapsedMs: number; amounts: Readonly<Record<Name, number>> }[] = [];
  let elapsedMs = 0;

  return {
    add(partMs, amounts) {
      parts.push({ elapsedMs: partMs, amounts: { ...amounts } });
      elapsedMs += partMs;
      while (parts.length > 1 && elapsedMs - (parts[0]?.elapsedMs ?? 0) >= windowMs) {
        elapsedMs -= parts.shift()?.elapsedMs ?? 0;
      }
    },
    perSecond() {
      if (elapsedMs < leastMs) return undefined;
      const rates = names.map((name) => {
        const sum = parts.reduce((total, { amounts }) => total + amounts[name], 0);
        return [name, (1000 * sum) / elapsedMs] as const;
      });
      return Object.fromEntries(rates) as Record<Name, number>;
    },
    elapsedMs: () => elapsedMs,
    clear() {
      parts = [];
      elapsedMs = 0;
    },
  };
}
