import { createHash } from 'node:crypto';
import { tokenizer } from 'acorn';
import { transform as strip } from 'sucrase';

/**
 * A text for a program that does not change with comments, spacing, line ends and types: two files that have the same
 * were written once. Names count. A file that cannot be read as a program is taken as it is, without its white space.
 */
export function codeFingerprint(source: string): string {
  return createHash('sha256').update(tokensOf(source).join('\n')).digest('hex');
}

function tokensOf(source: string): string[] {
  try {
    const { code } = strip(source, { transforms: ['typescript'], disableESTransforms: true });
    const options = { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true } as const;
    const tokens = [...tokenizer(code, options)].map(({ start, end }) => code.slice(start, end));
    // Semicolons are a matter of taste, and so are commas at the end of a list.
    return tokens.filter(
      (token, index) =>
        token !== ';' && !(token === ',' && /^[)\]}]$/.test(tokens[index + 1] ?? '')),
    );
  } catch {
    return source.split(/\s+/);
  }
}
