import type {
  OpportunityType,
  OpportunityTypeKey,
  RevenueFunction,
  Sla,
  Stage,
  Waterfall,
} from '../model/waterfall.ts';

/**
 * Mermaid flowcharts: owners as lanes, handshakes on the lines. Of one type it is the bare chart, of all types a Markdown page with
 * a chart each.
 */
export const modelToMermaid = (waterfall: Waterfall, typeKey?: OpportunityTypeKey): string => {
  const only = waterfall.opportunityTypes.find((type) => type.key === typeKey);
  if (only) return `${typeToMermaid(waterfall, only)}\n`;
  const charts = waterfall.opportunityTypes.map(
    (type) => `## ${type.label}\n\n\`\`\`mermaid\n${typeToMermaid(waterfall, type)}\n\`\`\``,
  );
  return `${[`# ${waterfall.name}`, ...charts].join('\n\n')}\n`;
};

/** The flowchart of one type, without a fence around it. */
export const typeToMermaid = (waterfall: Waterfall, type: OpportunityType): string => {
  const lines = ['flowchart LR'];
  for (const owner of lanesOf(waterfall, type)) {
    lines.push(`  subgraph ${owner.key}["${escape(owner.label)}"]`);
    for (const stage of type.stages.filter((candidate) => candidate.revenueFunction === owner.key))
      lines.push(`    ${node(type, stage)}`);
    lines.push('  end');
  }
  for (const line of linesOf(waterfall, type)) {
    const arrow = line.label === null ? '-->' : `-->|"${escape(line.label)}"|`;
    lines.push(`  ${id(type, line.from)} ${line.detour ? '-.->' : arrow} ${id(type, line.to)}`);
  }
  for (const [outcome, fill] of [
    ['won', '#cdefc4'],
    ['lost', '#fedad4'],
  ] as const) {
    const ids = type.stages.filter((stage) => stage.outcome === outcome).map((stage) => id(type, stage));
    if (ids.length > 0) lines.push(`  style ${ids.join(',')} fill:${fill}`);
  }
  return lines.join('\n');
};

export interface Line {
  readonly from: Stage;
  readonly to: Stage;
  readonly detour: boolean;
  /** The handshake asked for on this line, with its SLA. */
  readonly label: string | null;
}

/** Lanes in the order in which the path first touches them. */
export const lanesOf = (
  waterfall: Waterfall,
  type: OpportunityType,
): readonly { readonly key: RevenueFunction; readonly label: string }[] =>
  [...new Set(type.stages.map((stage) => stage.revenueFunction))].flatMap((key) =>
    waterfall.revenueFunctions.filter((owner) => owner.key === key),
  );

/** The path from step to step up to the won stage; lost stages and detours hang on the last open step before them. */
export const linesOf = (waterfall: Waterfall, type: OpportunityType): readonly Line[] => {
  const path = type.stages.filter((stage) => stage.kind === 'step' && stage.outcome !== 'lost');
  const lastOpen = path.filter((stage) => stage.outcome === 'open').at(-1);
  const steps = path.slice(1).flatMap((to, index): Line[] => {
    const from = path[index];
    return from ? [{ from, to, detour: false, label: handshakeLabel(waterfall, type, to) }] : [];
  });
  const beside = type.stages
    .filter((stage) => !path.includes(stage))
    .flatMap((to): Line[] => (lastOpen ? [{ from: lastOpen, to, detour: true, label: null }] : []));
  return [...steps, ...beside];
};

const handshakeLabel = (waterfall: Waterfall, type: OpportunityType, to: Stage): string | null => {
  const handshake = waterfall.handshakes.find((rule) => rule.opportunityType === type.key && rule.stage === to.name);
  return handshake ? `handshake, ${slaText(handshake.sla)}` : null;
};

/** `8 hours`, `1 business day`. */
export const slaText = (sla: Sla): string => {
  const unit = sla.unit === 'hours' ? 'hour' : 'business day';
  return `${sla.amount} ${unit}${sla.amount === 1 ? '' : 's'}`;
};

const id = (type: OpportunityType, stage: Stage): string => `${type.key}_${stage.name.replaceAll(' ', '_')}`;
const node = (type: OpportunityType, stage: Stage): string => {
  const sla = stage.sla ? `<br/>${slaText(stage.sla)}` : '';
  return `${id(type, stage)}["${escape(stage.name)}<br/>${stage.probability} %${sla}"]`;
};
const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
