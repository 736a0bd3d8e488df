import { apexStandIn } from '../../automation/apex/stand-ins.ts';
import { decodeText } from '../xml/parse-xml.ts';
import type { Rule } from './rule.ts';

const IS_TEST = /@istest\b|\btestmethod\b/i;

/** Unconfirmed texts, but for the warnings, which are the local org's own. */
export const APEX_PROBLEMS = {
  noCode: (name: string) => `No source found for class ${name}`,
  otherName: (name: string) => `Invalid type: ${name}: the file holds no class of this name`,
  standIn: (name: string) =>
    `The local org runs no Apex: flows that call ${name} get a stand-in with the same inputs and outputs, and its code is not compiled.`,
  noStandIn: (name: string) =>
    `The local org runs no Apex: ${name} is stored and returned unchanged, is not compiled, and has no effect.`,
  notRun: (name: string) => `The local org runs no Apex: the tests of ${name} are stored and not run.`,
};

/** A class has code that declares it. What it does is not looked at; the result says so. */
export const apexClassRule: Rule = (component) => {
  const name = component.fullName;
  const code = [...component.files].find(([path]) => path.endsWith(`/${name}.cls`))?.[1];
  if (code === undefined) return [{ problem: APEX_PROBLEMS.noCode(name) }];
  const text = decodeText(code);
  if (!new RegExp(`\\b(?:class|interface|enum)\\s+${name}\\b`, 'i').test(text))
    return [{ problem: APEX_PROBLEMS.otherName(name) }];
  const told = IS_TEST.test(text)
    ? APEX_PROBLEMS.notRun(name)
    : apexStandIn(name)
      ? APEX_PROBLEMS.standIn(name)
      : APEX_PROBLEMS.noStandIn(name);
  return [{ problem: told, problemType: 'Warning' }];
};
