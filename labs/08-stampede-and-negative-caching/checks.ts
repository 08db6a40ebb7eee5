import { defineChecks } from 'course-labs/kit';
import { failureChecks } from './failure-checks.ts';
import { flightChecks } from './flight-checks.ts';
import { notFoundChecks } from './not-found-checks.ts';

export default defineChecks({ C1: [...flightChecks, ...notFoundChecks, ...failureChecks] });
