import { apexStandIn } from '../../automation/apex/stand-ins.ts';
import { decodeText } from '../xml/parse-xml.ts';
import type { IncomingComponent } from '../package/incoming.ts';
import type { Rule } from './rule.ts';

const IS_TEST = /@istest\b|\btestmethod\b/i;

/** Unconfirmed texts. */
export const APEX_PROBLEMS = {
  noCode: (name: string) => `No source found for class ${name}`,
  otherName: (name: string) => `Invalid type: ${name}: the file holds no class of this name`,
};

/** The local org's own words. */
export const APEX_REMARKS = {
  standIn: (name: string) =>
    `The local org runs no Apex: flows that call ${name} get a stand-in with the same inputs and outputs, and its code is not compiled.`,
  noStandIn: (name: string) =>
    `The local org runs no Apex: ${name} is stored and returned unchanged, is not compiled, and has no effect.`,
  notRun: (name: string) => `The local org runs no Apex: the tests of ${name} are stored and not run.`,
};

const codeOf = ({ fullName, files }: IncomingComponent): string | null => {
  const code = [...files].find(([path]) => path.endsWith(`/${fullName}.cls`))?.[1];
  return code === undefined ? null : decodeText(code);
};

/** What the result of a deploy says of every class, so that nobody takes a stand-in for the class. */
export const apexRemark = (component: IncomingComponent): string => {
  const name = component.fullName;
  if (IS_TEST.test(codeOf(component) ?? '')) return APEX_REMARKS.notRun(name);
  return apexStandIn(name) ? APEX_REMARKS.standIn(name) : APEX_REMARKS.noStandIn(name);
};

/** A class has code that declares it. What it does is not looked at. */
export const apexClassRule: Rule = (component) => {
  const name = component.fullName;
  const text = codeOf(component);
  if (text === null) return [{ problem: APEX_PROBLEMS.noCode(name) }];
  return new RegExp(`\\b(?:class|interface|enum)\\s+${name}\\b`, 'i').test(text)
    ? []
    : [{ problem: APEX_PROBLEMS.otherName(name) }];
};
