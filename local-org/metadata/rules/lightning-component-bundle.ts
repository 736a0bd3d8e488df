import { decodeText } from '../xml/parse-xml.ts';
import { bundleReferenceProblems } from './bundle-references.ts';
import { compileProblem } from './compile-bundle.ts';
import type { Rule, RuleProblem } from './rule.ts';

/** LWC Developer Guide, "Component Folder" and "Component JavaScript File". */
const BUNDLE_NAME = /^[a-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*$/;

/** Unconfirmed texts. */
export const BUNDLE_PROBLEMS = {
  name: (name: string) =>
    `Invalid component name ${name}: it must begin with a lower-case letter and hold only letters, digits and single underscores`,
  noMeta: (name: string) => `No -meta.xml file found for bundle ${name}`,
  noModule: (name: string) => `Cannot find Lightning Component Bundle resource ${name}.js`,
  noExport: (name: string) => `${name}.js has no default export: a component's module exports its class`,
};

/** Sources of a component; tests and mocks lie in folders of two underscores and stay at home. */
const COMPILED = /\.(?:js|html|css)$/;

/** A bundle has the files that it cannot be without, compiles, and refers to what the org has. */
export const lightningComponentBundleRule: Rule = (component, stored, world) => {
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
  for (const [path, content] of component.files) {
    if (!COMPILED.test(path) || path.includes('/__')) continue;
    const problem = compileProblem(name, path, content);
    if (problem) problems.push(problem);
  }
  return problems.length > 0 ? problems : bundleReferenceProblems(stored, world);
};
