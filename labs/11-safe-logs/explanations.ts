import type { ExplainStep } from 'course-labs/kit';
import { options } from './questions.ts';

/** A list of names to censor, and what it means by a name. */
export const whatRedactHits: ExplainStep = {
  kind: 'explain',
  id: 'what-redact-hits',
  phase: 'EXPLAIN',
  options: options({
    a: "log.info({ user: { password } }, 'signed in')",
    b: "log.info({ password }, 'signed in')",
    c: "log.info({ Password: password }, 'signed in')",
    d: "log.info('signed in with ' + password)",
  }),
  right: 'b',
  because: {
    a: 'Here the path is user.password, and the list says password. With *.password it would be hit, since a star stands for one level; another level further down, and it would be missed again.',
    b: 'The field is called so, in this spelling, and stands at the top of the record. That is all that the path says.',
    c: 'Names are compared letter by letter, and P is not p. Headers come in lower case from Node; what clients post comes as they please.',
    d: 'redact works on fields. What has become a part of a message, an address or any other text is text.',
  },
};

/** What must be known before the work is done. */
export const freeAtInfo: ExplainStep = {
  kind: 'explain',
  id: 'free-at-info',
  phase: 'EXPLAIN',
  options: options({
    a: "log.debug({ plan: await explain() }, 'the plan')",
    b: "log.debug({ plan: () => explain() }, 'the plan')",
    c: "if (log.isLevelEnabled('debug')) log.debug({ plan: await explain() }, 'the plan')",
  }),
  right: 'c',
  because: {
    a: 'Arguments are evaluated before the function is called, in every language that you are likely to use. By the time the logger can say no, the query has been made.',
    b: 'It costs nothing, and tells nothing: pino does not call functions, and JSON has none, so that at debug the plan is missing.',
    c: 'First the question, then the work. For what is at hand already it is not needed: log.debug({ row }) makes nothing of the row unless the line is written.',
  },
};
