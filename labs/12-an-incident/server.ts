/*
 * The demonstration server of lab 12: the one that learners are given, as it ran on the day of the incident. Whole answers are kept
 * by their address, statistics are plain cache-aside, and the log holds too much and too little. `repaired.ts` is the same API repaired.
 */
import './starter/server.ts';
