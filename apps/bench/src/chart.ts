/** A case as bars, in SVG that browsers and GitHub show as it is. */
import type { Case } from './case.ts';
import { groups, type Result } from './results.ts';

const width = 760;
const left = 250;
const right = 90;
const rowHeight = 26;
const headHeight = 34;
const colours = { ours: '#d9480f', aside: '#adb5bd', peer: '#4263eb' };

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The medians of the case's first unit, a group for each size; a thin line reaches to the best value. */
export function chart(
  name: string,
  { about, units }: Pick<Case, 'about' | 'units'>,
  results: readonly Result[],
  machine: string,
): string {
  const [[unit, better]] = Object.entries(units) as [[string, 'less' | 'more']];
  const shown = groups(results.filter((result) => result.unit === unit));
  const parts: string[] = [];
  let y = 58;
  for (const group of shown) {
    parts.push(text(16, y + 20, `${group[0]!.size}`, 'font-weight="bold"'));
    y += headHeight;
    const most = Math.max(...group.flatMap(({ median, best }) => [median, best]));
    const scale = (width - left - right) / most;
    for (const result of group) {
      parts.push(bar(result, y, scale));
      y += rowHeight;
    }
  }
  const height = y + 16;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13">
<rect width="${width}" height="${height}" fill="#ffffff"/>
${text(16, 26, `${name}: ${about}`, 'font-size="15" font-weight="bold"')}
${text(16, 46, `${unit}, ${better} is better; bar: median, line: best. ${machine}`, 'fill="#495057"')}
${parts.join('\n')}
</svg>
`;
}

function bar({ contestant, side, median, best }: Result, y: number, scale: number): string {
  const colour = side === 'ours' || side === 'aside' ? colours[side] : colours.peer;
  const length = (value: number): string => (value * scale).toFixed(1);
  const middle = y + rowHeight / 2;
  const end = left + Math.max(median, best) * scale + 6;
  return [
    text(left - 8, middle + 4, contestant, 'text-anchor="end"'),
    `<rect x="${left}" y="${y + 4}" width="${length(median)}" height="${rowHeight - 8}" fill="${colour}"/>`,
    `<line x1="${left}" x2="${(left + best * scale).toFixed(1)}" y1="${middle}" y2="${middle}" stroke="#212529"/>`,
    text(end, middle + 4, String(median)),
  ].join('\n');
}

function text(x: number, y: number, content: string, attributes = ''): string {
  const fill = attributes.includes('fill=') ? '' : ' fill="#212529"';
  return `<text x="${x.toFixed(0)}" y="${y.toFixed(0)}"${fill}${attributes === '' ? '' : ` ${attributes}`}>${escaped(content)}</text>`;
}
