/*
 * The demonstration server of lab 2, with its flaw: "the URL is the key". Two spellings of one question are two
 * entries, and the language, which changes the answer, is not in the key at all.
 */
import { serveSubjects } from './subjects.ts';

await serveSubjects((_question, request) => request.url);
