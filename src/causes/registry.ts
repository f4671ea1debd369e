// The one list of causes, in the order a person would check.
import type { Cause } from './contract.ts';

export const causes: readonly Cause[] = [];
