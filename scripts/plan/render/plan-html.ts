import type { Finding } from '../../finding.ts';
import type { Difference, Plan, Step } from '../types.ts';
import { planSummary } from './plan-text.ts';

const STYLE = `
:root { color-scheme: light dark; --ink:#1a2330; --soft:#5b6776; --line:#dde3ea; --page:#f5f7f9; --card:#fff; --add:#116b3a; --change:#8a5a00; --hand:#8e2a5b; --bad:#b3261e; --tint:#eef3f8 }
@media (prefers-color-scheme: dark) { :root { --ink:#e6ebf1; --soft:#9aa7b5; --line:#2d3744; --page:#12171d; --card:#1a2129; --add:#6bd39a; --change:#e6b657; --hand:#e58bb4; --bad:#ff8a80; --tint:#202a35 } }
* { box-sizing: border-box } body { margin:0; background:var(--page); color:var(--ink); font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif }
main { max-width: 1040px; margin: 0 auto; padding: 32px 20px 64px } h1 { font-size: 26px; margin: 0 0 4px } h2 { font-size: 17px; margin: 32px 0 8px }
.meta, .soft { color: var(--soft) } .meta span + span::before { content: " · " }
.tally { display:flex; flex-wrap:wrap; gap:12px; margin:20px 0 } .tally div { background:var(--card); border:1px solid var(--line); border-radius:8px; padding:10px 16px; min-width:120px }
.tally b { display:block; font-size:24px; line-height:1.2 }
details { background:var(--card); border:1px solid var(--line); border-radius:8px; margin:6px 0 } summary { cursor:pointer; padding:9px 14px; display:flex; gap:10px; align-items:baseline }
summary::-webkit-details-marker { display:none } summary:focus-visible { outline:2px solid var(--change); outline-offset:2px } .inside { padding: 2px 14px 14px; border-top:1px solid var(--line) }
.sign { font:600 12px/1 ui-monospace,monospace; width:62px; flex:none } .create .sign { color:var(--add) } .update .sign, .activate .sign, .assign .sign { color:var(--change) } .manual .sign { color:var(--hand) }
.what { flex:1; overflow-wrap:anywhere } .tag { font-size:12px; border:1px solid var(--line); border-radius:99px; padding:1px 9px; color:var(--soft); white-space:nowrap } .high { color:var(--bad); border-color:currentColor } .medium { color:var(--change); border-color:currentColor }
dl { display:grid; grid-template-columns:64px 1fr; gap:4px 12px; margin:10px 0 } dt { color:var(--soft) } dd { margin:0; overflow-wrap:anywhere }
table { border-collapse:collapse; width:100%; table-layout:fixed; font-size:13px; margin-top:8px } th { text-align:left; font-weight:600; color:var(--soft) } th,td { border-top:1px solid var(--line); padding:5px 10px 5px 0; vertical-align:top; overflow-wrap:anywhere }
td { font-family:ui-monospace,SFMono-Regular,Menlo,monospace } td.before { color:var(--bad) } td.after { color:var(--add) }
.finding { border-left:4px solid var(--line); background:var(--card); padding:8px 14px; margin:6px 0; border-radius:0 8px 8px 0 } .finding.error { border-color:var(--bad) } .finding.warning { border-color:var(--change) }
.finding b { text-transform:capitalize } .scroll { overflow-x:auto }
`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const differenceRow = ({ path, before, after }: Difference): string =>
  `<tr><td>${escaped(path)}</td><td class="before">${escaped(before ?? '')}</td><td class="after">${escaped(after ?? '')}</td></tr>`;

const differenceTable = (differences: readonly Difference[]): string =>
  differences.length === 0
    ? ''
    : `<div class="scroll"><table><thead><tr><th style="width:34%">Element</th><th style="width:26%">In the org</th><th>After</th></tr></thead><tbody>${differences.map(differenceRow).join('')}</tbody></table></div>`;

const UNDO_TAG: Readonly<Record<Step['reversible'], string>> = {
  yes: '',
  deactivate: 'undo deactivates',
  no: 'stays after undo',
};

function stepCard(step: Step): string {
  const tags = [
    step.risk.level === 'low' ? '' : `<span class="tag ${step.risk.level}">${step.risk.level} risk</span>`,
    step.reversible === 'yes' ? '' : `<span class="tag">${UNDO_TAG[step.reversible]}</span>`,
  ].join('');
  return `<details class="${step.action}"${step.action === 'create' ? '' : ' open'}><summary><span class="sign">${step.action}</span><span class="what">${escaped(step.do.text)}</span>${tags}</summary>
<div class="inside"><dl><dt>Why</dt><dd>${escaped(step.why)} <span class="soft">${escaped(step.source)}</span></dd><dt>Risk</dt><dd>${escaped(step.risk.reason)}</dd><dt>Undo</dt><dd>${escaped(step.undo.text)}</dd></dl>${differenceTable(step.differences)}</div></details>`;
}

const findingCard = ({ severity, place, message, action }: Finding): string =>
  `<div class="finding ${severity}"><b>${severity}</b> <span class="soft">${escaped(place)}</span><br>${escaped(message)} ${escaped(action)}</div>`;

/** One file that needs nothing else: no script, no network. */
export function planHtml(plan: Plan): string {
  const count = (action: Step['action']): number => plan.steps.filter((step) => step.action === action).length;
  const tally = (
    [
      ['to create', count('create')],
      ['to change', count('update') + count('activate') + count('assign')],
      ['by hand', count('manual')],
      ['unchanged', plan.unchanged],
    ] as const
  )
    .map(([label, number]) => `<div><b>${number}</b>${label}</div>`)
    .join('');
  const types = Map.groupBy(plan.steps, (step) => step.id.slice(0, step.id.indexOf(':')));
  const sections = [...types].map(
    ([type, steps]) =>
      `<h2>${escaped(type)} <span class="soft">${steps.length}</span></h2>${steps.map(stepCard).join('\n')}`,
  );
  const findings =
    plan.findings.length === 0
      ? ''
      : `<h2>Findings <span class="soft">${plan.findings.length}</span></h2>${plan.findings.map(findingCard).join('\n')}`;
  const meta = [`${plan.orgKind} org ${plan.orgId}`, plan.username, `API ${plan.apiVersion}`, `made ${plan.madeAt}`];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Plan for ${escaped(plan.orgName)}</title><style>${STYLE}</style></head>
<body><main><h1>Plan for ${escaped(plan.orgName)}</h1><p class="meta">${meta.map((text) => `<span>${escaped(text)}</span>`).join('')}</p>
<p>${escaped(planSummary(plan))}.</p><div class="tally">${tally}</div>${findings}${sections.join('\n')}</main></body></html>
`;
}
