import fc from 'fast-check';
import { expect, it } from 'vitest';
import { always, anyText, wellFormed } from '../properties.testing.ts';
import { curlLine } from './curl-line.ts';

/** The words of a command line, as a POSIX shell splits one that quotes with '...' and \' alone. */
function words(line: string): string[] {
  const pieces = line.match(/(?:'[^']*'|\\'|[^\s'\\])+/g) ?? [];
  return pieces.map((piece) =>
    piece.replaceAll(
      /'([^']*)'|\\(')/g,
      (_, quoted: string | undefined, mark: string | undefined) => quoted ?? mark ?? '',
    ),
  );
}

const path = fc.oneof(
  fc.webPath(),
  anyText().map((text) => `/${encodeURIComponent(wellFormed(text))}/?q=[1]{a}`),
);
const header = fc.dictionary(
  fc.stringMatching(/^[A-Za-z][A-Za-z-]{0,10}$/),
  fc.stringMatching(/^[ -~]{0,12}$/),
  { maxKeys: 3 },
);

it('a shell gets back what was asked: address, headers and body, whatever is in them', async () => {
  await always(
    [
      path,
      header,
      fc.option(anyText(), { nil: undefined }),
      fc.constantFrom('GET', 'POST', 'DELETE', 'HEAD'),
    ],
    (where, headers, body, method) => {
      const line = curlLine(
        { method, path: where, headers, ...(body !== undefined && { body }) },
        'http://127.0.0.1:4101',
      );
      const [program, ...args] = words(line);
      expect(program).toBe('curl');
      expect(args).toContain(`http://127.0.0.1:4101${where}`);
      for (const [name, value] of Object.entries(headers)) {
        expect(
          args[
            args.indexOf('-H') === -1
              ? -1
              : args.indexOf(value === '' ? `${name};` : `${name}: ${value}`) - 1
          ],
        ).toBe('-H');
      }
      if (body !== undefined) expect(args[args.indexOf('--data-raw') + 1]).toBe(body);
    },
  );
});
