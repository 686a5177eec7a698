/** Phases on one line of time, with now on it. */
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import { closing, opening } from "../decisive";
import type { Document } from "./settings";

interface Span {
  name: string;
  start: number;
  end: number | null;
}

const DAY_MS = 86_400_000;

export function timeline(phases: readonly Document[], now = Date.now()): TemplateResult | typeof nothing {
  const spans = phases.flatMap(spanOf);
  if (spans.length === 0) return nothing;
  const from = Math.min(now, ...spans.map(({ start }) => start));
  const last = Math.max(now, ...spans.map(({ start, end }) => end ?? start + 30 * DAY_MS));
  const share = (at: number): number => Math.round(((at - from) / (last - from || 1)) * 1000);
  return html`<figure class="manage-timeline">
    <svg viewBox="0 0 1000 ${spans.length * 26 + 6}" preserveAspectRatio="none" aria-hidden="true">
      ${spans.map(({ start, end }, at) => bar(share(start), share(end ?? last), at))}
      <line class="now" x1=${share(now)} x2=${share(now)} y1="0" y2=${spans.length * 26 + 6} />
    </svg>
    <figcaption>
      <ol>
        ${spans.map(
          ({ name, start, end }) =>
            html`<li>
              <b>${name}</b><br />${opening(new Date(start).toISOString(), new Date(now))}<br />${closing(end === null ? null : new Date(end).toISOString(), new Date(now))}
            </li>`,
        )}
      </ol>
    </figcaption>
  </figure>`;
}

function bar(from: number, to: number, at: number): SVGTemplateResult {
  return svg`<rect x=${from} y=${at * 26 + 6} width=${Math.max(to - from, 4)} height="20" />`;
}

function spanOf({ name, start, end }: Document): Span[] {
  const [begins, ends] = [start, end].map((at) => (typeof at === "string" ? Date.parse(at) : NaN)) as [number, number];
  if (Number.isNaN(begins)) return [];
  return [{ name: typeof name === "string" ? name : "", start: begins, end: Number.isNaN(ends) ? null : ends }];
}
