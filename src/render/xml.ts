/** Attributes of an element, in order; those without a value are left out. */
type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One XML element with its content, which is XML already. Characters that XML 1.0 has no place for become U+FFFD. */
export function element(
  name: string,
  attributes: Attributes,
  content: readonly string[] = [],
): string {
  const shown = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join('');
  if (content.length === 0) return `<${name}${shown}/>`;
  return `<${name}${shown}>${content.join('')}</${name}>`;
}

/** The five that every reader of XML knows (XML 1.0, 4.6). */
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** A text as XML takes it, in content and in attributes alike. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
    .replace(/[&<>"']/g, (character) => entities[character] ?? character)
    .replace(/[\n\r\t]/g, (character) => `&#${character.codePointAt(0)};`);
}
