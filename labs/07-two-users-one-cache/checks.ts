import { defineChecks } from 'course-labs/kit';
import { dataChecks } from './data-checks.ts';
import { doorChecks } from './door-checks.ts';
import { keyChecks } from './key-checks.ts';
import { stormCheck } from './storm-check.ts';

export default defineChecks({ C1: [...keyChecks, ...doorChecks, ...dataChecks, stormCheck] });
