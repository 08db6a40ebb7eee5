import type { Symbols } from './symbols.ts';

/** Said where the system does not tell a figure; it is never shown as 0. */
export const notAvailable = 'not available';

/** `1,234`, or with digits `1,234.50`. */
export function number(value: number, digits = 0): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(digits).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(text) ? `-${text}` : text;
}

/** As many digits as tell something, about three: `2,000`, `631`, `31.2`, `0.61`, `0.045`. */
export function figure(value: number): string {
  if (Number.isInteger(value)) return number(value);
  const size = Math.abs(value);
  if (size >= 100) return number(value);
  if (size >= 10) return number(value, 1);
  if (size >= 0.1) return number(value, 2);
  return size >= 0.001 ? number(value, 3) : value.toExponential(1);
}

/** `31.20 ms`; from 100 ms on fewer digits, below 0.1 ms more. */
export function milliseconds(value: number): string {
  if (value === 0) return '0 ms';
  if (value >= 1000) return `${number(value)} ms`;
  if (value >= 100) return `${number(value, 1)} ms`;
  return `${number(value, value < 0.1 ? 3 : 2)} ms`;
}

/** How long something took, from milliseconds: `350 ms`, `3.2 s`, `2 min 5 s`. */
export function duration(valueMs: number): string {
  if (valueMs < 1000) return `${number(valueMs)} ms`;
  if (valueMs < 59_950) return `${number(valueMs / 1000, 1)} s`;
  const seconds = Math.round(valueMs / 1000);
  const rest = seconds % 60;
  return `${number(Math.floor(seconds / 60))} min${rest === 0 ? '' : ` ${rest} s`}`;
}

/** Seconds as they were asked for: `2 s`, `0.5 s`. */
export function seconds(value: number): string {
  return `${figure(value)} s`;
}

/** From bytes; 1 MB is 1,000,000 bytes. */
export function megabytes(bytes: number | undefined): string {
  if (bytes === undefined) return notAvailable;
  const value = bytes / 1e6;
  return `${number(value, value < 10 ? 1 : 0)} MB`;
}

/** From bytes, in about three digits: `512 B`, `214 kB`, `2.7 MB`; 1 kB is 1,000 bytes. */
export function bytes(value: number): string {
  if (value < 999.5) return `${number(value)} B`;
  const [size, unit] = value < 999_500 ? [value / 1e3, 'kB'] : [value / 1e6, 'MB'];
  return `${number(size, size < 9.95 ? 1 : 0)} ${unit}`;
}

/** A count in at most six characters, for columns that must not move: `99,999`, `123k`, `1.23M`, `123M`. */
export function compact(value: number): string {
  if (value < 99_999.5) return number(value);
  if (value < 999_500) return `${number(value / 1e3)}k`;
  const millions = value / 1e6;
  return `${number(millions, millions < 9.995 ? 2 : millions < 99.95 ? 1 : 0)}M`;
}

/** From a share of 1: `99.98 %`. What is not all is never rounded to 100 %, nor what is not nothing to 0 %. */
export function percent(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`;
  if (share > 0 && share < 0.0001) return '< 0.01 %';
  if (share < 1 && share > 0.9999) return '> 99.99 %';
  return `${number(share * 100, 2)} %`;
}

/** A tolerance or a progress, without digits that say nothing: `15 %`, `0.5 %`. */
export function shortPercent(share: number): string {
  const value = share * 100;
  return `${figure(Math.round(value * 10) / 10)} %`;
}

/** `45.8 ×` */
export function ratio(value: number, symbols: Symbols): string {
  return `${ratioFigure(value)} ${symbols.times}`;
}

/** A ratio without its sign, for both ends of an interval: `45.8`, `0.58`, `1.04`. */
export function ratioFigure(value: number): string {
  if (value >= 100) return number(value);
  if (value >= 10) return number(value, 1);
  return number(value, value >= 0.2 ? 2 : 3);
}

/** `1 check`, `7 checks`. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerate(texts: readonly string[]): string {
  if (texts.length < 2) return texts.join('');
  return `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}

/** A date and a time of day as the learner's clock shows them: `today 14:03`, `2 Nov 2026 09:12`. */
export function moment(iso: string, now: Date): string {
  const date = new Date(iso);
  const time = timeOfDay(date).slice(0, -':00'.length);
  if (date.toDateString() === now.toDateString()) return `today ${time}`;
  const month = date.toLocaleString('en', { month: 'short' });
  return `${date.getDate()} ${month} ${date.getFullYear()} ${time}`;
}

/** A time of day as the learner's clock shows it: `14:03:05`. */
export function timeOfDay(date: Date): string {
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((value) => String(value).padStart(2, '0'))
    .join(':');
}
