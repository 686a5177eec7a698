/** The first rows of a board as a change would rank them, with the ranks that they have. */
import { html, nothing, type TemplateResult } from "lit";
import type { Settings } from "../../api/shapes";
import { direction, score } from "../../format";
import { t } from "../../words/words";

export type Ranking = NonNullable<Settings["ranking"]>;

export function ranked({ name, columns, rows, count }: Ranking): TemplateResult {
  const title = t("settings.ranking", { name });
  return html`<div class="table-frame" tabindex="0" role="region" aria-label=${title}>
      <table class="ranked">
        <caption>${title}</caption>
        <thead>
          <tr>
            <th scope="col">${t("settings.rank")}</th>
            <th scope="col">${t("settings.was")}</th>
            <th scope="col">${t("settings.participant")}</th>
            ${columns.map((column) => html`<th scope="col">${column.title} ${way(column.sorting)}</th>`)}
          </tr>
        </thead>
        <tbody>${rows.map(
          (row) => html`<tr class=${row.rank === row.was ? "" : "moved"}>
            <td>${row.rank ?? "\u2013"}</td>
            <td>${row.was ?? "\u2013"}</td>
            <th scope="row">${row.participant}</th>
            ${columns.map(({ key, precision }) => html`<td>${score(row.scores[key], precision) ?? "\u2013"}</td>`)}
          </tr>`,
        )}</tbody>
      </table>
    </div>
    ${count > rows.length ? html`<p class="soft">${t("settings.and_more", { count: count - rows.length })}</p>` : nothing}`;
}

function way(sorting: "asc" | "desc"): TemplateResult {
  const { arrow, words } = direction(sorting);
  return html`<span aria-hidden="true">${arrow}</span><span class="visually-hidden">${words}</span>`;
}
