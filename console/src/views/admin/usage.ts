import { html, nothing, svg, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { UsageDay } from "../../api/shapes";
import { columns as bars, type Bar } from "../../chart-bars";
import { size } from "../../format";
import { toUsage } from "../../links";
import type { Column } from "../../table/columns";
import "../../table/table";
import { locale, number, t } from "../../words/words";
import { PageElement } from "../page-element";
import { loading, trouble } from "../states";
import * as sketch from "../sketch";

const FIGURES = ["submissions", "finished", "failed", "cancelled", "participants", "accounts", "competitions", "runner_seconds", "stored_bytes"] as const; // prettier-ignore
type Figure = (typeof FIGURES)[number];
const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [720, 220, 76, 30, 14];

/** What happened on the site in a month, day by day: one figure as bars, all of them as a table. */
@customElement("agon-admin-usage")
export class AgonAdminUsage extends PageElement {
  private readonly read = new Resource(this, () =>
    reading("/v1/site/usage", { params: { query: { month: this.query("month") ?? undefined } } }),
  );

  private get figure(): Figure {
    const said = this.query("figure");
    return FIGURES.find((one) => one === said) ?? "submissions";
  }

  protected override render(): TemplateResult {
    const { value, problem } = this.read;
    if (!value)
      return problem
        ? trouble(problem, this.read.reload, 2)
        : loading(t("admin.usage"), sketch.facts(4), sketch.picture, sketch.table(3));
    const { month, days } = value;
    const name = t(`usage.${this.figure}`);
    return html`<section class="admin-part">
      <header class="usage-head">
        <h2>${monthName(month)}</h2>
        <p class="actions">
          <a href=${toUsage(beside(month, -1), this.figure)}>← ${monthName(beside(month, -1))}</a>
          ${month < new Date().toISOString().slice(0, 7) ? html`<a href=${toUsage(beside(month, 1), this.figure)}>${monthName(beside(month, 1))} →</a>` : nothing}
        </p>
      </header>
      <nav class="order" aria-label=${t("usage.which")}>
        ${FIGURES.map((one) => html`<a href=${toUsage(month, one)} aria-current=${one === this.figure ? "true" : "false"}>${t(`usage.${one}`)}</a>`)}
      </nav>
      ${days.length === 0 ? html`<p class="soft">${t("usage.none")}</p>` : chart(name, days, this.figure)}
      <agon-table .name=${t("admin.usage")} .rows=${days} .keyOf=${({ day }: UsageDay) => day} .columns=${tableColumns()}></agon-table>
    </section>`;
  }
}

function chart(name: string, days: readonly UsageDay[], figure: Figure): TemplateResult {
  const values = days.map((day) => day[figure] ?? 0);
  const { shown, most } = bars(values, WIDTH, HEIGHT);
  const total = figure === "stored_bytes" ? Math.max(0, ...values) : values.reduce((a, b) => a + b, 0);
  const label = t("usage.summary", { figure: name, total: words(figure, total), most: words(figure, most) });
  return html`<figure class="chart">
    <svg viewBox="0 0 ${LEFT + WIDTH + 4} ${TOP + HEIGHT + BOTTOM}" role="img" aria-label=${label}>
      <g transform="translate(${LEFT} ${TOP})">
        ${[most, most / 2, 0].map((value) => rule(figure, value, most))}
        ${shown.map((bar, at) => drawn(bar, days[at]?.day ?? "", words(figure, values[at] ?? 0)))}
        ${[days[0], days.at(-1)].map((day, at) => svg`<text class="scale" x=${at ? WIDTH : 0} y=${HEIGHT + 22} text-anchor=${at ? "end" : "start"}>${day ? dayName(day.day) : ""}</text>`)}
      </g>
    </svg>
    <figcaption class="soft">${label}</figcaption>
  </figure>`;
}

function rule(figure: Figure, value: number, most: number): TemplateResult {
  const y = most > 0 ? HEIGHT - (value / most) * HEIGHT : HEIGHT;
  return svg`<path class="rule" d="M0 ${y}H${WIDTH}" /><text class="scale" x="-10" y=${y} dy="0.35em" text-anchor="end">${words(figure, Math.round(value))}</text>`;
}

function drawn({ x, y, width, height }: Bar, day: string, said: string): TemplateResult {
  return svg`<rect class="bar-of-day" x=${x} y=${y} width=${width} height=${height}><title>${dayName(day)}: ${said}</title></rect>`;
}

function words(figure: Figure, value: number): string {
  if (figure === "stored_bytes") return size(value);
  return figure === "runner_seconds"
    ? t("usage.hours", { hours: number(value / 3600, { maximumFractionDigits: 1 }) })
    : number(value);
}

function dayName(day: string): string {
  return new Date(`${day}T12:00Z`).toLocaleDateString(locale(), { day: "numeric", month: "short", timeZone: "UTC" });
}

function monthName(month: string): string {
  const first = new Date(`${month}-01T12:00Z`);
  return first.toLocaleDateString(locale(), { month: "long", year: "numeric", timeZone: "UTC" });
}

function beside(month: string, step: number): string {
  const first = new Date(`${month}-01T12:00Z`);
  first.setUTCMonth(first.getUTCMonth() + step);
  return first.toISOString().slice(0, 7);
}

function tableColumns(): Column<UsageDay>[] {
  return [
    { key: "day", title: t("usage.day"), kind: "heading", sorts: "desc", value: ({ day }) => day, cell: ({ day }) => dayName(day) },
    ...FIGURES.map((figure): Column<UsageDay> => ({
      key: figure,
      title: t(`usage.${figure}`),
      kind: "number",
      sorts: "desc",
      value: (day) => day[figure],
      cell: (day) => { const value = day[figure]; return value === null ? "–" : words(figure, value); },
    })),
  ]; // prettier-ignore
}
