import type { CallFilter, OriginCall } from '../kit/index.ts';

/** Whether a filter is about a call; keys are compared in Unicode lower case. */
export function matches(
  filter: CallFilter,
  call: Pick<OriginCall, 'route' | 'method' | 'key'>,
): boolean {
  if (filter.route !== undefined && filter.route !== call.route) return false;
  if (filter.method !== undefined && filter.method.toUpperCase() !== call.method) return false;
  return filter.key === undefined || filter.key.toLowerCase() === call.key?.toLowerCase();
}
