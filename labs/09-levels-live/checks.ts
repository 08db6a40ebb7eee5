import { defineChecks } from 'course-labs/kit';
import { endingCheck } from './ending-check.ts';
import { levelChecks } from './level-checks.ts';
import { lineChecks } from './line-checks.ts';

export default defineChecks({ C1: [...levelChecks, ...lineChecks, endingCheck] });
