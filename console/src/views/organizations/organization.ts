import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { OrganizationEntry } from "../../api/shapes";
import { toCompetition } from "../../links";
import { apart } from "../../table/address";
import type { Column } from "../../table/columns";
import "../../table/table";
import { entitle } from "../../titles";
import { t } from "../../words/words";
import "../audit-log";
import { Gathered } from "../manage/gathered";
import { PageElement } from "../page-element";
import { loading, trouble } from "../states";
import * as sketch from "../sketch";
import "./desk";
import "./members";

/** An organization: what it is, what it takes part in, and who shows that they are in it. */
@customElement("agon-organization")
export class AgonOrganization extends PageElement {
  private readonly logKeeper = apart();
  private readonly read = new Resource(this, () => reading("/v1/organizations/{organization}", { params: this.which }));
  private readonly competitions = new Gathered<OrganizationEntry>(
    this,
    () => this.param("organization"),
    async (cursor) => {
      const params = { ...this.which, query: { cursor } };
      const { competitions, next } = await ask("get", "/v1/organizations/{organization}/competitions", { params });
      return { rows: competitions, next };
    },
  );

  private get which() {
    return { path: { organization: this.param("organization") } };
  }

  protected override render(): TemplateResult {
    const { value, problem } = this.read;
    if (!value)
      return problem
        ? trouble(problem, this.read.reload)
        : loading(t("organization.it"), sketch.lead, sketch.title, sketch.list(2), sketch.title, sketch.table(2));
    const { competitions } = this;
    const manages = value.my_role === "owner" || value.my_role === "manager";
    entitle(value.name);
    return html`<header class="lead">
        <h1>${value.name}</h1>
        ${value.description ? html`<p>${value.description}</p>` : nothing}
        ${value.site ? html`<p><a href=${value.site} rel="noreferrer nofollow" target="_blank">${value.site}</a></p>` : nothing}
      </header>
      <section class="admin-part">
        <h2>${t("organization.competitions")}</h2>
        <agon-table .name=${t("organization.competitions")} .rows=${competitions.rows} .total=${competitions.total} .problem=${competitions.problem} .again=${competitions.reload}
          .keyOf=${({ competition }: OrganizationEntry) => competition} .columns=${entryColumns()} @more=${competitions.more} @all=${competitions.all}></agon-table>
      </section>
      <agon-organization-members .organization=${value} .changed=${this.read.reload}></agon-organization-members>
      ${manages ? html`<agon-organization-desk .organization=${value} .changed=${this.read.reload}></agon-organization-desk>${this.log()}` : nothing}`;
  }

  private log(): TemplateResult {
    const read = (cursor: string | undefined) =>
      ask("get", "/v1/organizations/{organization}/audit", { params: { ...this.which, query: { cursor } } });
    return html`<section class="admin-part">
      <h2>${t("log.title")}</h2>
      <agon-audit-log .of=${this.param("organization")} .read=${read} .keeper=${this.logKeeper}></agon-audit-log>
    </section>`;
  }
}

function entryColumns(): Column<OrganizationEntry>[] {
  return [
    { key: "title", title: t("admin.competition"), kind: "heading", value: ({ title }) => title, cell: ({ competition, title }) => html`<a href=${toCompetition(competition)}>${title}</a>` },
  ]; // prettier-ignore
}
