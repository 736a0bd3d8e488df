import { compileConditions, type Test } from '../conditions.ts';
import type { FlowNames } from '../flow-scope.ts';
import type { Interview, LogicElement } from '../interview.ts';
import type { StoredDecision, StoredRule } from '../metadata.ts';

/** Takes the first outcome whose conditions are met, or the default one. */
export function compileDecision(names: FlowNames, element: StoredDecision): LogicElement {
  const name = element.name ?? '';
  const outcomes = (element.rules ?? []).map((rule) => ({
    label: rule.label ?? rule.name ?? '',
    next: rule.connector?.targetReference ?? null,
    isMet: compileRule(names, rule),
  }));
  const otherwise = {
    label: element.defaultConnectorLabel ?? 'Default Outcome',
    next: element.defaultConnector?.targetReference ?? null,
  };
  const question = element.label ?? name;
  return {
    kind: 'logic',
    name,
    run(interview) {
      const outcome = outcomes.find(({ isMet }) => isMet(interview)) ?? otherwise;
      interview.trace.push(`${question} -> ${outcome.label}`);
      interview.at = outcome.next;
    },
  };
}

function compileRule(names: FlowNames, rule: StoredRule): Test {
  const isMet = compileConditions(names, rule.conditions ?? [], rule.conditionLogic);
  return rule.doesRequireRecordChangedToMeetCriteria === true ? onlyWhenChangedToMeet(isMet) : isMet;
}

/**
 * "Only if the record that triggered the flow to run is updated to meet the condition requirements": not met before,
 * met now.
 */
export const onlyWhenChangedToMeet =
  (isMet: Test): Test =>
  (interview) =>
    isMet(interview) && !metBefore(isMet, interview);

function metBefore(isMet: Test, interview: Interview): boolean {
  const { record, prior } = interview;
  if (!prior) return false;
  interview.record = prior;
  try {
    return isMet(interview);
  } finally {
    interview.record = record;
  }
}
