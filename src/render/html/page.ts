/** A piece of HTML that is safe as it stands: made by `html` alone, so that no text gets in unescaped. */
export interface Html {
  readonly markup: string;
}

type Value = string | number | Html | readonly Html[];

/** Makes HTML of a template: what is put in is escaped, unless it is HTML itself. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const markup = parts
    .map((part, index) => part + (index < values.length ? markupOf(values[index] as Value) : ''))
    .join('');
  return { markup };
}

function markupOf(value: Value): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escapeHtml(value);
  if ('markup' in value) return value.markup;
  return value.map((each) => each.markup).join('\n');
}

/** For texts and for values of attributes in double quotes. */
export function escapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => names[character] ?? character);
}

/** A whole page in one file: no script, nothing to load, light and dark as the reader's system is set. */
export function htmlPage(title: string, body: readonly Html[]): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${{ markup: styles }}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
  return page.markup;
}

/** Colours have a contrast of at least 4.5 to 1 against their background (WCAG 2.2, 1.4.3). */
const styles = `
:root { --ink: #1c1f24; --paper: #ffffff; --soft: #5a6270; --line: #d5d9df; --track: #eef0f3; --a: #1f5fbf; --b: #a3480b; --c: #1c7043; --d: #7a3fa0; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e7e9ee; --paper: #15181d; --soft: #a5adbb; --line: #3a404a; --track: #23272e; --a: #7fb0ff; --b: #ffab6b; --c: #7fd6a4; --d: #d3a3f5; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 64rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.2; } h2 { font-size: 1.25rem; margin-top: 2.5rem; } h3 { font-size: 1rem; margin: 1.5rem 0 0.25rem; }
p, figcaption, .note { max-width: 44rem; } .note, figcaption { color: var(--soft); font-size: 0.9rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.9rem; }
th, td { padding: 0.3rem 0.75rem 0.3rem 0; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child { text-align: left; white-space: normal; font-weight: normal; }
figure { margin: 1rem 0; } .row { margin: 0.5rem 0; } .row > .name { display: flex; justify-content: space-between; gap: 1rem; font-size: 0.9rem; }
.track { position: relative; height: 1.1rem; background: var(--track); border-radius: 2px; }
.bar, .span { position: absolute; top: 0; bottom: 0; background: currentColor; border-radius: 2px; min-width: 2px; }
.span { top: 0.45rem; bottom: 0.45rem; } .dot { position: absolute; top: 0.2rem; width: 0.7rem; height: 0.7rem; margin-left: -0.35rem; border-radius: 50%; background: currentColor; }
.one { position: absolute; top: 0; bottom: 0; width: 0; border-left: 2px dashed var(--soft); }
.c0 { color: var(--a); } .c1 { color: var(--b); } .c2 { color: var(--c); } .c3 { color: var(--d); }
.axis { display: flex; justify-content: space-between; color: var(--soft); font-size: 0.8rem; }
code { font: 0.9em ui-monospace, monospace; }
`;
