import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask } from "../../api/client";
import { t } from "../../words/words";
import "../audit-log";
import { PageElement } from "../page-element";

/** What administrators did. */
@customElement("agon-admin-audit")
export class AgonAdminAudit extends PageElement {
  protected override render(): TemplateResult {
    const read = (cursor: string | undefined) => ask("get", "/v1/site/audit", { params: { query: { cursor } } });
    return html`<section class="admin-part">
      <h2>${t("admin.audit")}</h2>
      <p class="soft">${t("admin.about_audit")}</p>
      <agon-audit-log of="site" .read=${read}></agon-audit-log>
    </section>`;
  }
}
