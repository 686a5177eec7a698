/** What the pages of the library have in common: their heading, and the ways from one list to another. */
import { html, type TemplateResult } from "lit";
import { toDatasets, toTasks } from "../../links";
import { t } from "../../words/words";
import { tabs } from "../tabs";

export const WHOSE = ["own", "shared", "public"] as const;
export type Whose = (typeof WHOSE)[number];

export function head(of: "datasets" | "tasks", whose: Whose): TemplateResult {
  const to = of === "datasets" ? toDatasets : toTasks;
  return html`<header class="lead">
      <h1>${t("library.title")}</h1>
      <p>${t("library.about")}</p>
    </header>
    ${tabs(
      t("library.title"),
      html`<a href=${toDatasets()} aria-current=${of === "datasets" ? "page" : "false"}>${t("library.datasets")}</a>
        <a href=${toTasks()} aria-current=${of === "tasks" ? "page" : "false"}>${t("library.tasks")}</a>`,
    )}
    <nav class="order" aria-label=${t("queues.whose")}>
      ${WHOSE.map((one) => html`<a href=${to(one === "own" ? null : one)} aria-current=${one === whose ? "true" : "false"}>${t(`queues.${one}`)}</a>`)}
    </nav>`;
}
