import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask } from "../../api/client";
import { t } from "../../words/words";
import "../audit-log";
import { PageElement } from "../page-element";

/** Who did what with what one has. */
@customElement("agon-account-log")
export class AgonAccountLog extends PageElement {
  protected override render(): TemplateResult {
    const read = (cursor: string | undefined) => ask("get", "/v1/me/audit", { params: { query: { cursor } } });
    return html`<p class="soft">${t("account.about_log")}</p>
      <agon-audit-log of="mine" .read=${read}></agon-audit-log>`;
  }
}
