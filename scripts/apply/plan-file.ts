import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { OrgError } from '../org/types.ts';
import { PLAN_VERSION } from '../plan/types.ts';
import type { Plan } from '../plan/types.ts';

export const DEFAULT_PLAN_FILE = path.join('.waterfall', 'plan.json');

/** Whole or not at all: a reader never sees half a plan. */
export function writePlan(file: string, plan: Plan): void {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, `${JSON.stringify(plan, null, 2)}\n`);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Throws OrgError for a file that is not there, is damaged or was made by another version. */
export function readPlan(file: string): Plan {
  const again = 'Make a new one with: waterfall plan.';
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new OrgError('PLAN_FILE', `The plan ${file} cannot be read: ${(cause as Error).message}.`, again, { cause });
  }
  let plan: Partial<Plan> | null;
  try {
    plan = JSON.parse(text) as Partial<Plan> | null;
  } catch (cause) {
    throw new OrgError('PLAN_FILE', `The plan ${file} is damaged: ${(cause as Error).message}.`, again, { cause });
  }
  if (
    plan?.version !== PLAN_VERSION ||
    !Array.isArray(plan.steps) ||
    typeof plan.orgId !== 'string' ||
    typeof plan.snapshotHash !== 'string'
  ) {
    throw new OrgError('PLAN_FILE', `${file} is not a plan of this version of waterfall.`, again);
  }
  return plan as Plan;
}
