/*
 * The demonstration server of lab 6: the one that learners are given. It stores every response under its URL and sends
 * it to whoever asks next, which is the flaw that the lab shows. `repaired.ts` is the same with a plug-in that is safe.
 */
import './starter/server.ts';
