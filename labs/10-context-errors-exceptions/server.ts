/*
 * The demonstration server of lab 10: the one that learners are given, as it is.
 *
 * It answers right. Its flaw is its log: sentences by the application's logger that belong to no
 * request, two records for one failure and none with its stack, nothing about hits, and the stack for
 * the client to read. `repaired.ts` is the same API with a log that can be used.
 */
import './starter/server.ts';
