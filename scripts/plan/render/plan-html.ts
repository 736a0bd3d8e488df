import type { Finding } from '../../finding.ts';
import type { Difference, Plan, Step } from '../types.ts';
import { STYLE } from './plan-html-style.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** As people who do not deploy metadata call them. */
const KINDS: Readonly<Record<string, string>> = {
  BusinessProcess: 'Sales processes',
  CompactLayout: 'Compact layouts',
  CustomField: 'Fields',
  CustomLabel: 'Labels',
  CustomPermission: 'Custom permissions',
  FlexiPage: 'Lightning pages',
  Flow: 'Flows',
  Layout: 'Page layouts',
  LightningComponentBundle: 'Lightning components',
  ListView: 'List views',
  PathAssistant: 'Paths',
  PermissionSet: 'Permission sets',
  RecordType: 'Record types',
  StandardValueSet: 'Picklist values',
  ValidationRule: 'Validation rules',
};
const UNDO_TAG: Readonly<Record<Step['reversible'], string>> = {
  yes: '',
  deactivate: 'undone by deactivating',
  no: 'stays after undo',
};

const typeOf = ({ id }: Step): string => id.slice(0, id.indexOf(':'));
const nameOf = ({ id }: Step): string => id.slice(id.indexOf(':') + 1).replace(/^Opportunity[.-]/, '');
const number = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const differenceRow = ({ path, before, after }: Difference): string =>
  `<tr><td>${escaped(path)}</td><td class="before">${escaped(before ?? '')}</td><td class="after">${escaped(after ?? '')}</td></tr>`;

const differenceTable = (differences: readonly Difference[]): string =>
  differences.length === 0
    ? ''
    : `<div class="scroll"><table><thead><tr><th style="width:34%">Element</th><th style="width:26%">In the org</th><th>After</th></tr></thead><tbody>${differences.map(differenceRow).join('')}</tbody></table></div>`;

const riskTag = ({ risk }: Step): string =>
  risk.level === 'low' ? '' : `<span class="tag ${risk.level}">${risk.level} risk</span>`;

const undoTag = ({ reversible }: Step): string =>
  reversible === 'yes' ? '' : `<span class="tag">${UNDO_TAG[reversible]}</span>`;

function stepCard(step: Step): string {
  const count =
    step.differences.length === 0 ? '' : `<span class="soft">${number(step.differences.length, 'difference')}</span>`;
  return `<details class="${step.action}"><summary><span class="what">${escaped(step.do.text)}</span>${count}${riskTag(step)}${undoTag(step)}</summary>
<div class="inside"><dl><dt>Why</dt><dd>${escaped(step.why)} <span class="soft">${escaped(step.source)}</span></dd><dt>Risk</dt><dd>${escaped(step.risk.reason)}</dd><dt>Undo</dt><dd>${escaped(step.undo.text)}</dd></dl>${differenceTable(step.differences)}</div></details>`;
}

/** Everything of one kind that is created, in one line until it is opened. */
function creationGroup(type: string, steps: readonly Step[]): string {
  const names = steps.map(nameOf).join(', ');
  return `<details class="group"><summary><span class="what">${escaped(KINDS[type] ?? type)} (${steps.length})</span><span class="names">${escaped(names)}</span>${riskTag(steps[0]!)}${undoTag(steps[0]!)}</summary>
<div class="inside">${steps.map(stepCard).join('\n')}</div></details>`;
}

const findingCard = ({ severity, place, message, action }: Finding): string =>
  `<div class="finding ${severity}"><b>${severity}</b> <span class="soft">${escaped(place)}</span><br>${escaped(message)} ${escaped(action)}</div>`;

const section = (title: string, lead: string, body: string): string =>
  body === '' ? '' : `<h2>${title}</h2><p>${lead}</p>${body}`;

/** The plan in one paragraph, for whoever reads no further. */
function lead(created: number, changed: number, deactivated: number, manual: number): string {
  if (created + changed + deactivated + manual === 0)
    return 'The org has all of it already: there is nothing to change.';
  const said = [
    created > 0 ? `<b>${number(created, 'component')}</b> ${created === 1 ? 'is' : 'are'} created beside it` : '',
    changed > 0
      ? `<b>${number(changed, 'thing')}</b> that it has ${changed === 1 ? 'is' : 'are'} added to or changed`
      : '',
    deactivated > 0
      ? `<b>${number(deactivated, 'thing')}</b> of an earlier model ${deactivated === 1 ? 'is' : 'are'} deactivated`
      : '',
    manual > 0 ? `<b>${number(manual, 'step')}</b> ${manual === 1 ? 'is' : 'are'} left to a person` : '',
  ].filter(Boolean);
  return `Nothing has been changed yet. What the org has of its own stays, active and in its order; ${said.join(', ')}. It is deployed all or nothing.`;
}

/** One file that needs nothing else: no script, no network. */
export function planHtml(plan: Plan): string {
  const created = plan.steps.filter(({ action }) => action === 'create');
  const manual = plan.steps.filter(({ action }) => action === 'manual');
  const changed = plan.steps.filter((step) => !created.includes(step) && !manual.includes(step));
  const deactivated = changed.filter(({ action }) => action === 'deactivate').length;
  const whole = plan.steps.filter(({ reversible }) => reversible === 'yes').length;
  const tally = (
    [
      [changed.length, 'changes to what the org has'],
      [created.length, 'created beside it'],
      [manual.length, 'to be done by hand'],
      [plan.unchanged, 'as wanted already'],
      [plan.steps.length === 0 ? 0 : Math.floor((whole / plan.steps.length) * 100), '% undone without a trace'],
    ] as const
  )
    .map(
      ([count, label]) =>
        `<div><b>${count}${label.startsWith('%') ? ' %' : ''}</b><span>${label.replace(/^% /, '')}</span></div>`,
    )
    .join('');
  const meta = [
    `${plan.orgKind} org ${plan.orgId}`,
    plan.username,
    `API ${plan.apiVersion}`,
    `made ${plan.madeAt.slice(0, 16).replace('T', ' ')} UTC`,
  ];
  const groups = [...Map.groupBy(created, (step) => `${typeOf(step)} ${riskTag(step)} ${undoTag(step)}`).values()];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Plan for ${escaped(plan.orgName)}</title><style>${STYLE}</style></head>
<body><header><div><p class="kicker">Revenue Waterfall</p><h1>Plan for ${escaped(plan.orgName)}</h1><p class="meta">${meta.map((text) => `<span>${escaped(text)}</span>`).join('')}</p>
<p class="lead">${lead(created.length, changed.length - deactivated, deactivated, manual.length)}</p></div></header>
<main><div class="tally">${tally}</div>
${section('Findings', 'What was noticed while planning, and what to do about it.', plan.findings.map(findingCard).join('\n'))}
${section('Changes to what the org has', 'Open one to see why, at what risk, how it is undone, and the exact difference.', changed.map(stepCard).join('\n'))}
${section('By hand', 'What no deployment can do.', manual.map(stepCard).join('\n'))}
${section('Created beside it', 'New and apart from what the org has; people see it once they are assigned a permission set.', groups.map((steps) => creationGroup(typeOf(steps[0]!), steps)).join('\n'))}
<footer>Carry it out with <code>waterfall deploy --plan</code>: it is refused once the org has changed. Take it back with <code>waterfall rollback</code>.</footer></main></body></html>
`;
}
