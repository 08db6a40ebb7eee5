import type { LevelCounts } from '../live/level-counts.ts';
import type { LogFileReport } from '../live/log-file.ts';
import type { Reader } from '../live/reader.ts';
import { count, number } from './format.ts';
import { paragraph, screen } from './layout.ts';
import { readerText } from './live-sentences.ts';

export interface LogFileModel {
  report: LogFileReport;
  reader: Reader;
}

/** What a log file held, in two sentences. */
export const renderLogFile = screen<LogFileModel>(({ report, reader }, theme) => {
  const { file, made, shown } = report;
  const lines = sum(made);
  const levels = (Object.keys(made) as (keyof LevelCounts)[]).filter((level) => made[level] > 0);
  const byLevel = levels.map((level) =>
    level === 'other' ? `${number(made.other)} without a level` : `${number(made[level])} ${level}`,
  );
  const held = byLevel.length === 0 ? '' : `: ${byLevel.join(', ')}`;
  return [
    ...paragraph(`${file} holds ${count(lines, 'line')}${held}.`, theme),
    ...paragraph(
      `Shown: ${number(sum(shown))} (${readerText(reader)}). Held back: ${number(lines - sum(shown))}.`,
      theme,
    ),
  ];
});

function sum(counts: LevelCounts): number {
  return Object.values(counts).reduce((total, value) => total + value, 0);
}
