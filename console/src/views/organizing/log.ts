import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask } from "../../api/client";
import type { AuditLog } from "../../api/shapes";
import { go } from "../../router";
import { t } from "../../words/words";
import "../audit-log";
import { TabElement } from "../page-element";

/** Who decided what, when and why: about people, or about what stands on a phase's boards. */
@customElement("agon-log")
export class AgonLog extends TabElement {
  private get isOfPhase(): boolean {
    return this.query("of") === "board" && this.phase !== undefined;
  }

  protected override render(): TemplateResult {
    const of = `${this.competition.id} ${this.isOfPhase ? (this.phase?.id ?? "") : ""}`;
    return html`<h2>${t("log.title")}</h2>
      <p class="soft manage-lead">${t("log.about")}</p>
      <div class="several" role="group" aria-label=${t("log.of")}>
        ${this.choice(false, t("log.people"))} ${this.phase ? this.choice(true, t("log.board", { phase: this.phase.name })) : nothing}
      </div>
      <agon-audit-log .of=${of} .read=${this.read}></agon-audit-log>`;
  }

  private readonly read = (cursor: string | undefined): Promise<AuditLog> => {
    const query = { cursor };
    return this.isOfPhase
      ? ask("get", "/v1/phases/{phase}/deeds", { params: { path: { phase: this.phase?.id ?? "" }, query } })
      : ask("get", "/v1/competitions/{competition}/audit", {
          params: { path: { competition: this.competition.id }, query },
        });
  };

  private choice(isOfPhase: boolean, words: string): TemplateResult {
    const show = (): void => {
      const url = new URL(location.href);
      url.searchParams.delete("of");
      if (isOfPhase) url.searchParams.set("of", "board");
      go(url.href, "replace");
    };
    return html`<button type="button" class="quiet" aria-pressed=${isOfPhase === this.isOfPhase ? "true" : "false"} @click=${show}>${words}</button>`;
  }
}
