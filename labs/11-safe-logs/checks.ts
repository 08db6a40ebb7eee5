import { defineChecks } from 'course-labs/kit';
import { costChecks } from './cost-checks.ts';
import { forgingChecks } from './forging-checks.ts';
import { neededChecks } from './needed-checks.ts';
import { secretChecks } from './secret-checks.ts';

export default defineChecks({
  C1: [...neededChecks, ...secretChecks, ...forgingChecks, ...costChecks],
});
