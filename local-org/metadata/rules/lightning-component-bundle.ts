import { decodeText } from '../xml/parse-xml.ts';
import type { Rule, RuleProblem } from './rule.ts';

/** LWC Developer Guide, "Component Folder" and "Component JavaScript File". */
const BUNDLE_NAME = /^[a-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*$/;

export const BUNDLE_PROBLEMS = {
  name: (name: string) =>
    `Invalid component name ${name}: it must begin with a lower-case letter and hold only letters, digits and single underscores`,
  noMeta: (name: string) => `No -meta.xml file found for bundle ${name}`,
  noModule: (name: string) => `Cannot find Lightning Component Bundle resource ${name}.js`,
  noExport: (name: string) => `${name}.js has no default export: a component's module exports its class`,
  emptyTemplate: (path: string) =>
    `${path}: Root template element is missing: a component's HTML file has one <template> at its root`,
};

/** Files that a bundle cannot be without. Whether the component compiles is for the build that made it. */
export const lightningComponentBundleRule: Rule = (component) => {
  const name = component.fullName;
  const problems: RuleProblem[] = [];
  if (!BUNDLE_NAME.test(name)) problems.push({ problem: BUNDLE_PROBLEMS.name(name) });
  const named = (ending: string): Uint8Array | undefined => component.files.get(`lwc/${name}/${name}${ending}`);
  if (!named('.js-meta.xml')) problems.push({ problem: BUNDLE_PROBLEMS.noMeta(name) });
  const script = named('.js');
  const template = named('.html');
  if (!script) {
    // A bundle of styles has no module.
    if (!named('.css') || template) problems.push({ problem: BUNDLE_PROBLEMS.noModule(name) });
  } else if (!/\bexport\b/.test(decodeText(script))) {
    problems.push({ problem: BUNDLE_PROBLEMS.noExport(name) });
  }
  if (template && !/<template[\s>]/.test(decodeText(template)))
    problems.push({ problem: BUNDLE_PROBLEMS.emptyTemplate(`${name}.html`) });
  return problems;
};
