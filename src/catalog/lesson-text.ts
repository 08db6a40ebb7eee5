import type { Lesson, LessonSection } from './types.ts';

/**
 * Reads lesson.md: each `## <step id>: <title>` begins the text of one step. Throws where a heading names no step, an
 * id stands twice, or text stands before the first section (a `# title` apart).
 */
export function parseLesson(markdown: string): Lesson {
  const sections = new Map<string, LessonSection>();
  let current: { id: string; title: string; lines: string[] } | undefined;
  const close = () => {
    if (!current) return;
    if (sections.has(current.id)) {
      throw new Error(`lesson.md has two sections for the step "${current.id}".`);
    }
    sections.set(current.id, { ...current, text: current.lines.join('\n').trim() });
  };
  for (const { line, number, fenced } of lines(markdown)) {
    if (!fenced && /^##(?!#)/.test(line)) {
      close();
      current = { ...parseHeading(line, number), lines: [] };
    } else if (current) {
      current.lines.push(line);
    } else if (line.trim() !== '' && !/^# /.test(line)) {
      throw new Error(`lesson.md:${number}: text stands before the first "## <step>: <title>".`);
    }
  }
  close();
  return new Map([...sections].map(([id, { title, text }]) => [id, { id, title, text }]));
}

function parseHeading(line: string, number: number): { id: string; title: string } {
  const [, id, title] = /^##\s+([a-z0-9]+(?:-[a-z0-9]+)*):\s+(\S.*)$/.exec(line) ?? [];
  if (!id || !title) {
    throw new Error(`lesson.md:${number}: write the heading as "## <step id>: <title>".`);
  }
  return { id, title: title.trim() };
}

/** Lines with the knowledge whether they stand in fenced code, where `##` is a comment and no heading. */
function* lines(markdown: string): Generator<{ line: string; number: number; fenced: boolean }> {
  let fence: string | undefined;
  let number = 0;
  for (const line of markdown.split(/\r?\n/)) {
    number += 1;
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    const opens = mark !== undefined && fence === undefined;
    const closes = mark !== undefined && fence !== undefined && mark.startsWith(fence);
    yield { line, number, fenced: fence !== undefined || opens };
    if (opens) fence = mark;
    else if (closes) fence = undefined;
  }
}
