import { resolve } from 'node:path';
import type { KeptRecord } from '../live/kept-record.ts';
import { type LogFileReport, readLogFile } from '../live/log-file.ts';
import type { Reader } from '../live/reader.ts';
import { watchLogLine } from '../probe/log-line.ts';
import { renderLogFile } from '../render/log-file.ts';
import type { Context } from './context.ts';
import { recordLines } from './record-lines.ts';
import type { Session } from './session.ts';

export interface LogFileWish {
  /** As it was named. */
  file: string;
  reader: Reader;
  raw: boolean;
  json: boolean;
}

/** Prints the records of a file that the reader lets through, and what the file holds. */
export async function showLogFile(session: Session, wish: LogFileWish): Promise<void> {
  const { file, reader, raw, json } = wish;
  const { context } = session;
  const write = writer(context);
  const read = (onRecords: (records: readonly KeptRecord[]) => Promise<void>) =>
    readLogFile({
      file,
      path: resolve(context.cwd, file),
      reader,
      onRecords,
      signal: context.signal,
    });

  if (json) {
    const report = await writeDocument(file, read, write);
    await write(report);
    return;
  }
  const lines = await recordLines(session.theme);
  // Whoever asks for raw records may be another program: they stay as they are, unless they go to a screen.
  const asWritten = raw && !context.stdout.isTTY;
  const report = await read((records) =>
    write(
      records
        .map((record) => `${asWritten ? record.line : lines(record, raw).join('\n')}\n`)
        .join(''),
    ),
  );
  session.printAside(renderLogFile({ report, reader }, session.errorTheme));
}

/** One document, its records written as they are read, so that a large file takes no memory. */
async function writeDocument(
  file: string,
  read: (onRecords: (records: readonly KeptRecord[]) => Promise<void>) => Promise<LogFileReport>,
  write: (text: string) => Promise<void>,
): Promise<string> {
  let separator = '\n';
  let begun = false;
  const begin = async () => {
    if (!begun) await write(`{\n"file": ${JSON.stringify(file)},\n"records": [`);
    begun = true;
  };
  const { made, shown } = await read(async (records) => {
    await begin();
    // A record goes out as it stands: read and written again, long numbers would lose their last digits.
    const texts = records.map(({ line }) =>
      watchLogLine(line).fields ? line : JSON.stringify({ text: line }),
    );
    await write(separator + texts.join(',\n'));
    separator = ',\n';
  });
  await begin();
  return `\n],\n"made": ${JSON.stringify(made)},\n"shown": ${JSON.stringify(shown)}\n}\n`;
}

/** Writes to stdout, and waits while whoever reads it is slower. */
function writer({ stdout }: Context): (text: string) => Promise<void> {
  return (text) => new Promise((done) => stdout.write(text, () => done()));
}
