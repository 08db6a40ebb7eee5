import { safeFields } from '../render/safe-text.ts';
import type { Theme } from '../render/theme.ts';

/**
 * The fields of any record as pino-pretty takes them: it throws for a level that is neither a whole number nor a text, and
 * one strange line would be the end of the whole log.
 */
export function printable(
  fields: Readonly<Record<string, unknown>>,
  theme: Theme,
): Record<string, unknown> {
  const { level } = fields;
  const isKnown = level === undefined || Number.isInteger(level) || typeof level === 'string';
  return safeFields(isKnown ? fields : { ...fields, level: String(JSON.stringify(level)) }, theme);
}
