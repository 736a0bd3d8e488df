import type { OpportunityType, RevenueFunction, Stage, Waterfall } from '../model/waterfall.ts';
import { lanesOf, linesOf, slaText } from './model-mermaid.ts';
import type { Line } from './model-mermaid.ts';

/** Pixels. A stage is a box in its column (place on the path) and its lane (owner). */
const LANE_LABEL = 170;
const COLUMN = 152;
const BOX_WIDTH = 124;
/** Boxes shrink from the first stage to the last, so that a path reads as a funnel. */
const BOX_HEIGHT = { first: 84, last: 66 };
const LANE = 104;
const TITLE = 64;
const GAP = 36;
const MARGIN = 24;

const COLOUR: Readonly<
  Record<RevenueFunction, { readonly fill: string; readonly edge: string; readonly lane: string }>
> = {
  marketing: { fill: '#eaddff', edge: '#7526e3', lane: '#faf7ff' },
  salesDevelopment: { fill: '#d8e6fe', edge: '#0b5cab', lane: '#f5f9ff' },
  sales: { fill: '#cdefc4', edge: '#2e844a', lane: '#f6fcf4' },
  customerSuccess: { fill: '#fedfd0', edge: '#aa3001', lane: '#fff8f4' },
};

interface Box {
  readonly stage: Stage;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One SVG picture, a panel per opportunity type: owners as lanes, stages from left to right, handshakes on the lines. */
export const modelToSvg = (waterfall: Waterfall): string => {
  const columns = Math.max(...waterfall.opportunityTypes.map((type) => type.stages.length));
  const width = 2 * MARGIN + LANE_LABEL + columns * COLUMN;
  let top = MARGIN + 40;
  const panels = waterfall.opportunityTypes.map((type) => {
    const height = TITLE + lanesOf(waterfall, type).length * LANE;
    const svg = panel(waterfall, type, top, width - 2 * MARGIN);
    top += height + GAP;
    return svg;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" width="${width}" height="${top}" role="img" aria-label="${escape(waterfall.name)}" font-family="system-ui, 'Segoe UI', sans-serif">
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#5c5c5c"/></marker></defs>
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="${MARGIN}" y="${MARGIN + 14}" font-size="22" font-weight="700" fill="#181818">${escape(waterfall.name)}</text>
${panels.join('\n')}
</svg>
`;
};

const panel = (waterfall: Waterfall, type: OpportunityType, top: number, width: number): string => {
  const lanes = lanesOf(waterfall, type);
  const lanesTop = top + TITLE;
  const boxes = type.stages.map((stage, column) =>
    box(
      stage,
      column,
      type.stages.length,
      lanesTop + lanes.findIndex((lane) => lane.key === stage.revenueFunction) * LANE,
    ),
  );
  const boxOf = new Map(boxes.map((each) => [each.stage, each]));
  return `<g>
<text x="${MARGIN}" y="${top + 22}" font-size="17" font-weight="700" fill="#181818">${escape(type.label)}</text>
<text x="${MARGIN}" y="${top + 44}" font-size="13" fill="#444444">${escape(type.description)}</text>
${lanes
  .map(
    (
      lane,
      index,
    ) => `<rect x="${MARGIN}" y="${lanesTop + index * LANE}" width="${width}" height="${LANE}" fill="${COLOUR[lane.key].lane}" stroke="#e5e5e5"/>
<text x="${MARGIN + 14}" y="${lanesTop + index * LANE + LANE / 2 + 5}" font-size="13" font-weight="600" fill="${COLOUR[lane.key].edge}">${escape(lane.label)}</text>`,
  )
  .join('\n')}
${boxes.map(drawBox).join('\n')}
${linesOf(waterfall, type)
  .map((line) => drawLine(line, boxOf))
  .join('\n')}
</g>`;
};

const box = (stage: Stage, column: number, columns: number, laneTop: number): Box => {
  const share = columns > 1 ? column / (columns - 1) : 0;
  const height = Math.round(BOX_HEIGHT.first + (BOX_HEIGHT.last - BOX_HEIGHT.first) * share);
  return {
    stage,
    x: MARGIN + LANE_LABEL + column * COLUMN + (COLUMN - BOX_WIDTH) / 2,
    y: Math.round(laneTop + (LANE - height) / 2),
    width: BOX_WIDTH,
    height,
  };
};

const drawBox = ({ stage, x, y, width, height }: Box): string => {
  const colour = COLOUR[stage.revenueFunction];
  const dash = stage.kind === 'detour' ? ' stroke-dasharray="5 3"' : '';
  const fill = stage.outcome === 'lost' ? '#fedad4' : colour.fill;
  const edge = stage.outcome === 'lost' ? '#ba0517' : colour.edge;
  const rows = [
    ...wrap(stage.name, 14).map((text) => ({ text, size: 13, weight: 600 })),
    ...[`${stage.probability} %`, ...(stage.sla ? [slaText(stage.sla)] : [])].map((text) => ({
      text,
      size: 11,
      weight: 400,
    })),
  ];
  const start = y + height / 2 - ((rows.length - 1) * 15) / 2 + 4;
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="${fill}" stroke="${edge}" stroke-width="1.5"${dash}><title>${escape(stage.definition)}</title></rect>
${rows.map((row, index) => `<text x="${x + width / 2}" y="${start + index * 15}" font-size="${row.size}" font-weight="${row.weight}" text-anchor="middle" fill="#181818">${escape(row.text)}</text>`).join('\n')}`;
};

/** Pixels that a character of a label of size 11 takes at most in the fonts named above, and the room at either end. */
const LABEL_CHARACTER = 6;
const LABEL_PADDING = 10;

const drawLine = (line: Line, boxes: ReadonlyMap<Stage, Box>): string => {
  const [from, to] = [boxes.get(line.from), boxes.get(line.to)];
  // Detours and lost stages may be reached from any open step; a line from each would hide the path.
  if (!from || !to || line.detour) return '';
  const [x1, y1, x2, y2] = [from.x + from.width, from.y + from.height / 2, to.x, to.y + to.height / 2];
  const middle = (x1 + x2) / 2;
  const path = `<path d="M${x1} ${y1} C${middle + 10} ${y1} ${middle - 10} ${y2} ${x2} ${y2}" fill="none" stroke="#5c5c5c" stroke-width="1.5" marker-end="url(#arrow)"/>`;
  if (line.label === null) return path;
  const y = (y1 + y2) / 2;
  const width = line.label.length * LABEL_CHARACTER + 2 * LABEL_PADDING;
  return `${path}
<rect x="${middle - width / 2}" y="${y - 10}" width="${width}" height="19" rx="9.5" fill="#ffffff" stroke="#5c5c5c"/>
<text x="${middle}" y="${y + 3.5}" font-size="11" text-anchor="middle" fill="#181818">${escape(line.label)}</text>`;
};

/** Words in rows of at most `length` characters; a longer word keeps a row to itself. */
const wrap = (text: string, length: number): readonly string[] =>
  text.split(' ').reduce<string[]>((rows, word) => {
    const last = rows.at(-1);
    return last !== undefined && last.length + 1 + word.length <= length
      ? [...rows.slice(0, -1), `${last} ${word}`]
      : [...rows, word];
  }, []);

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
