import { textOf } from '../text-of.ts';
import { splitChildName, type RuleProblem, type World } from './rule.ts';

/**
 * Help, "Object Relationships Overview" and "Considerations for Relationships": two masters of one object, three levels of details
 * under a master. Roll-up summaries of one object: 25 by default (Help, "Roll-Up Summary Field", "Custom Field Allocations").
 */
export const MASTER_DETAIL_LIMITS = { perObject: 2, levels: 3, rollUps: 25 };

export const MASTER_DETAIL_PROBLEMS = {
  /** AutoRABIT's release notes quote it, as do Salesforce's own skills for metadata (@salesforce/afv-skills). */
  sharingWith: (model: string) =>
    `Cannot set sharingModel to ${model} on a CustomObject with a MasterDetail relationship field`,
  sharingWithout: (model: string) =>
    `Cannot set sharingModel to ${model} on a CustomObject without a MasterDetail relationship field`,
  /** sfdx-hardis, deployTipsList.ts (errors of real deploys); Metadata API Developer Guide, DeployOptions, checkOnly. */
  checkOnly: (from: string, to: string) => `Test only deployment cannot update a field from a ${from} to ${to}`,
  /** The texts below are unconfirmed. */
  tooMany: (object: string) =>
    `${object} can have at most ${MASTER_DETAIL_LIMITS.perObject} master-detail relationships`,
  tooDeep: `A master-detail chain has at most ${MASTER_DETAIL_LIMITS.levels} levels below its master`,
  standardDetail: (object: string) =>
    `${object} is a standard object and cannot be the detail of a master-detail relationship`,
  master: (object: string) => `${object} cannot be the master of a master-detail relationship`,
  rollUps: (object: string) =>
    `You have reached the maximum number of roll-up summary fields (${MASTER_DETAIL_LIMITS.rollUps}) on ${object}`,
  noDetail: (name: string) => `In field: summaryForeignKey - no master-detail relationship named ${name} found`,
  summarized: (name: string) => `In field: summarizedField - no CustomField named ${name} found`,
  needsSummarized: 'Required field is missing: summarizedField',
};

/** Objects that cannot be masters: Help, "Considerations for Relationships". */
const NO_MASTERS: ReadonlySet<string> = new Set(['user', 'lead', 'product2', 'pricebook2']);

const mastersOf = (object: string, world: World): readonly string[] =>
  world.metadata
    .ofType('CustomField')
    .filter(
      (one) =>
        one.metadata.type === 'MasterDetail' && splitChildName(one.fullName)[0].toLowerCase() === object.toLowerCase(),
    )
    .map((one) => textOf(one.metadata.referenceTo));

/** How many masters lie above an object; a chain that bites its tail ends at the limit. */
function levelsAbove(object: string, world: World, depth = 0): number {
  if (depth > MASTER_DETAIL_LIMITS.levels) return depth;
  return Math.max(depth, ...mastersOf(object, world).map((master) => levelsAbove(master, world, depth + 1)));
}

export function masterDetailProblems(object: string, target: string, world: World): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  if (!/__c$/i.test(object)) problems.push({ problem: MASTER_DETAIL_PROBLEMS.standardDetail(object) });
  if (NO_MASTERS.has(target.toLowerCase())) problems.push({ problem: MASTER_DETAIL_PROBLEMS.master(target) });
  if (mastersOf(object, world).length > MASTER_DETAIL_LIMITS.perObject)
    problems.push({ problem: MASTER_DETAIL_PROBLEMS.tooMany(object) });
  if (levelsAbove(object, world) > MASTER_DETAIL_LIMITS.levels)
    problems.push({ problem: MASTER_DETAIL_PROBLEMS.tooDeep });
  return problems;
}

/** A detail's access is its master's, and only a detail's. */
export function sharingProblems(object: string, sharingModel: unknown, world: World): readonly RuleProblem[] {
  const model = textOf(sharingModel);
  if (model === '') return [];
  const isDetail = mastersOf(object, world).length > 0;
  if (isDetail && model !== 'ControlledByParent') return [{ problem: MASTER_DETAIL_PROBLEMS.sharingWith(model) }];
  return !isDetail && model === 'ControlledByParent' ? [{ problem: MASTER_DETAIL_PROBLEMS.sharingWithout(model) }] : [];
}

/** Standard master-detail relationships that roll-up summaries can go over. Help, "Roll-Up Summary Field". */
const STANDARD_DETAILS: ReadonlySet<string> = new Set([
  'opportunitylineitem.opportunityid',
  'opportunity.accountid',
  'campaignmember.campaignid',
  'orderitem.orderid',
  'quotelineitem.quoteid',
  'order.accountid',
  'opportunity.account',
  'opportunitylineitem.opportunity',
]);

/** `summaryForeignKey` is a master-detail field of the child that points here; what is summed is a field of the child. */
export function rollUpProblems(
  object: string,
  field: Readonly<Record<string, unknown>>,
  world: World,
): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  const key = textOf(field.summaryForeignKey);
  const [child, name] = splitChildName(key);
  const lookup = world.metadata.get('CustomField', key);
  const isDetail = lookup?.metadata.type === 'MasterDetail' && lookup.metadata.referenceTo === object;
  if (!isDetail && !(STANDARD_DETAILS.has(key.toLowerCase()) && name !== ''))
    problems.push({ problem: MASTER_DETAIL_PROBLEMS.noDetail(key) });
  const summarized = textOf(field.summarizedField);
  if (field.summaryOperation !== 'count' && summarized === '') {
    problems.push({ problem: MASTER_DETAIL_PROBLEMS.needsSummarized });
  } else if (summarized !== '') {
    const [owner, what] = splitChildName(summarized);
    if (owner.toLowerCase() !== child.toLowerCase() || !world.field(owner, what))
      problems.push({ problem: MASTER_DETAIL_PROBLEMS.summarized(summarized) });
  }
  const rollUps = world.metadata
    .ofType('CustomField')
    .filter(
      (one) =>
        one.metadata.type === 'Summary' && splitChildName(one.fullName)[0].toLowerCase() === object.toLowerCase(),
    );
  if (rollUps.length > MASTER_DETAIL_LIMITS.rollUps) problems.push({ problem: MASTER_DETAIL_PROBLEMS.rollUps(object) });
  return problems;
}
