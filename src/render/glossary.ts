import type { Term } from '../catalog/glossary.ts';
import { count } from './format.ts';
import { commandLines, headline, labelled, type NextCommand, screen, stack } from './layout.ts';
import { markdownInline, markdownLines } from './markdown.ts';
import { tableLines } from './table.ts';

/** One word, with the lab where it is seen. */
export interface TermModel {
  term: Term;
  /** `8 Stampede and negative caching` */
  labTitle: string;
  next: readonly NextCommand[];
}

/** All words. */
export interface GlossaryModel {
  terms: readonly Term[];
  next: readonly NextCommand[];
}

export const renderTerm = screen<TermModel>(({ term, labTitle, next }, theme) => {
  const pairs: [string, string][] = [
    ...(term.also.length > 0 ? [['Also', term.also.join(', ')] as [string, string]] : []),
    ['Django', term.django],
    ['Seen in', `lab ${labTitle}`],
  ];
  return stack(
    [theme.style.heading(term.term)],
    markdownLines(term.text, theme),
    labelled(
      pairs.map(([label, text]) => [label, markdownInline(text, theme)] as const),
      theme,
    ),
    commandLines(next, theme),
  );
});

export const renderGlossary = screen<GlossaryModel>(({ terms, next }, theme) => {
  const columns = [
    { heading: 'word', spoken: '' },
    { heading: 'lab', align: 'right' as const },
    { heading: 'in Django', wraps: true },
  ];
  const rows = terms.map(({ term, lab, django }) => [
    theme.style.strong(term),
    String(lab),
    markdownInline(django, theme),
  ]);
  return stack(
    headline(theme.style.heading('Glossary'), count(terms.length, 'word'), theme),
    tableLines(columns, rows, theme),
    commandLines(next, theme),
  );
});
