import { defineChecks } from 'course-labs/kit';
import { logChecks } from './log-checks.ts';
import { originChecks } from './origin-checks.ts';
import { ownDataChecks } from './own-data-checks.ts';
import { pageChecks } from './page-checks.ts';
import { sharedChecks } from './shared-checks.ts';

export default defineChecks({
  C1: [...ownDataChecks, ...pageChecks, ...originChecks, ...logChecks, ...sharedChecks],
});
