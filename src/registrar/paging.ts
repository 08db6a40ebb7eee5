import { found, type Reply, refused } from './reply.ts';

/** Where a page lies in a list. */
export interface Span {
  page: number;
  limit: number;
  offset: number;
}

/** A list, of which one page is asked. */
export interface List {
  /** As the query has it: absent or empty is 1. */
  page: string | undefined;
  /** Rows of a page. */
  size: number;
  /** Rows of the whole list. */
  count: number;
  /** Fields of the answer that tell what list it is. */
  about: Readonly<Record<string, unknown>>;
  /** The rows of one page. */
  rows(span: Span): readonly unknown[];
}

/**
 * One page, as Django REST Framework numbers them: the first is always there, one beyond the end is 404, and a page
 * that is no positive integer is 400. `next` and `previous` are numbers of pages.
 */
export function paged(list: List): Reply {
  const text = list.page === undefined || list.page === '' ? '1' : list.page;
  if (!/^0*[1-9][0-9]*$/.test(text)) return refused(400, 'page: a positive integer is needed.');
  const page = Number(text);
  const last = Math.max(1, Math.ceil(list.count / list.size));
  if (page > last) return refused(404, `There is no page ${text}; the last is ${last}.`);
  const results = list.rows({ page, limit: list.size, offset: (page - 1) * list.size });
  return found({
    ...list.about,
    page,
    count: list.count,
    next: page < last ? page + 1 : null,
    previous: page > 1 ? page - 1 : null,
    results,
  });
}
