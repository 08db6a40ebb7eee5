import { defineChecks } from 'course-labs/kit';
import { errorChecks } from './error-checks.ts';
import { eventChecks } from './event-checks.ts';
import { idChecks } from './id-checks.ts';

export default defineChecks({ C1: [...idChecks, ...eventChecks, ...errorChecks] });
