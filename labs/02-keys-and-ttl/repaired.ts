/*
 * The demonstration server of lab 2 with a canonical key: what the answer depends on, in one spelling, and nothing else.
 */
import { serveSubjects } from './subjects.ts';

await serveSubjects((question) => {
  if (question.route === 'subject') {
    return JSON.stringify(['subject', question.name.toLowerCase(), question.language]);
  }
  return JSON.stringify(['list', question.search, question.page, question.language]);
});
