const whitespace = /[\t\v\f\r\n \0]/;
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' };

/**
 * The words of an inline command, as Redis splits them (its `sdssplitargs`): "..." knows escapes, '...' knows \' alone.
 * One character stands for one byte, in the line and in the words. Undefined where a quote is not closed, or is followed
 * by anything but a space.
 */
export function splitInlineCommand(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    while (at < line.length && whitespace.test(line.charAt(at))) at += 1;
    if (at >= line.length) return words;
    const word = readWord(line, at);
    if (!word) return undefined;
    words.push(word.text);
    at = word.end;
  }
}

interface Word {
  text: string;
  /** Where the line goes on. */
  end: number;
}

function readWord(line: string, start: number): Word | undefined {
  let text = '';
  let at = start;
  while (at < line.length && !whitespace.test(line.charAt(at))) {
    const char = line.charAt(at);
    if (char !== '"' && char !== "'") {
      text += char;
      at += 1;
      continue;
    }
    const quoted = readQuoted(line, at + 1, char);
    const next = quoted ? line.charAt(quoted.end) : '';
    if (!quoted || (next !== '' && !whitespace.test(next))) return undefined;
    return { text: text + quoted.text, end: quoted.end };
  }
  return { text, end: at };
}

function readQuoted(line: string, start: number, quote: string): Word | undefined {
  let text = '';
  let at = start;
  while (at < line.length) {
    const char = line.charAt(at);
    if (char === quote) return { text, end: at + 1 };
    const escaped = char === '\\' ? readEscape(line, at, quote) : undefined;
    text += escaped?.text ?? char;
    at = escaped?.end ?? at + 1;
  }
  return undefined;
}

function readEscape(line: string, at: number, quote: string): Word | undefined {
  const next = line.charAt(at + 1);
  if (quote === "'") return next === "'" ? { text: "'", end: at + 2 } : undefined;
  const hex = /^x([0-9a-f]{2})/i.exec(line.slice(at + 1, at + 4))?.[1];
  if (hex !== undefined)
    return { text: String.fromCharCode(Number.parseInt(hex, 16)), end: at + 4 };
  return next === '' ? undefined : { text: escapes[next] ?? next, end: at + 2 };
}
