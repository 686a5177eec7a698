import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask } from "../../api/client";
import type { CompetitionCard } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import { toApproval, toCompetition } from "../../links";
import { go } from "../../router";
import type { Column } from "../../table/columns";
import { apart } from "../../table/address";
import "../../table/table";
import { t } from "../../words/words";
import { Doing } from "../manage/doing";
import { Gathered } from "../manage/gathered";
import { PageElement } from "../page-element";

/** Competitions that wait for approval, and those that stand first on the site. */
@customElement("agon-admin-competitions")
export class AgonAdminCompetitions extends PageElement {
  private readonly doing = new Doing(this);
  private readonly featuredKeeper = apart();
  private readonly waiting = new Gathered<CompetitionCard>(
    this,
    () => "waiting",
    async (cursor) => {
      const found = await ask("get", "/v1/site/approvals", { params: { query: { cursor } } });
      return { rows: found.competitions, next: found.next };
    },
  );
  private readonly featured = new Gathered<CompetitionCard>(
    this,
    () => "featured",
    async (cursor) => {
      const found = await ask("get", "/v1/competitions", { params: { query: { cursor, featured: "true" } } });
      return { rows: found.competitions, next: found.next };
    },
  );

  protected override render(): TemplateResult {
    const { waiting, featured } = this;
    return html`${this.doing.outcome()}
      <section class="admin-part">
        <h2>${t("admin.waiting")}</h2>
        <p class="soft">${t("admin.about_waiting")}</p>
        ${this.deciding()}
        <agon-table .name=${t("admin.waiting")} .rows=${waiting.rows} .total=${waiting.total} .problem=${waiting.problem} .again=${waiting.reload}
          .keyOf=${keyOf} .columns=${[...columns(), toDecide()]} @more=${waiting.more} @all=${waiting.all}></agon-table>
      </section>
      <section class="admin-part">
        <h2>${t("admin.featured")}</h2>
        <p class="soft">${t("admin.about_featured")}</p>
        <form class="invite" @submit=${this.onFeature}>
          <label>${t("admin.which")} <input name="competition" required maxlength="80" autocapitalize="none" autocomplete="off" /></label>
          <button aria-disabled=${this.doing.isBusy ? "true" : "false"}>${t("admin.feature")}</button>
        </form>
        <agon-table .name=${t("admin.featured")} .keeper=${this.featuredKeeper} .rows=${featured.rows} .total=${featured.total} .problem=${featured.problem} .again=${featured.reload}
          .keyOf=${keyOf} .columns=${[...columns(), this.unfeaturing()]} @more=${featured.more} @all=${featured.all}></agon-table>
      </section>`;
  }

  private deciding(): TemplateResult | typeof nothing {
    const chosen = this.waiting.rows?.find(({ id }) => id === this.query("decide"));
    if (!chosen) return nothing;
    return html`<div class="admin-chosen">
      <h3>${t("admin.decide_about", { title: chosen.title })}</h3>
      <agon-form operation="approvals_decide" .name=${chosen.id} .changes=${{ reason: { hint: t("admin.hint_refused") } }} .action=${t("admin.decide")}
        @submit=${({ detail: { body, until } }: Submitted<"approvals_decide">) => until(ask("post", "/v1/site/approvals/{competition}", { params: { path: { competition: chosen.id } }, body }))}
        @sent=${this.onDecided}></agon-form>
    </div>`;
  }

  private readonly onDecided = (): void => {
    this.waiting.reload();
    go(toApproval(), "replace");
  };

  private unfeaturing(): Column<CompetitionCard> {
    const cell = ({ id, title }: CompetitionCard) =>
      this.doing.button(
        t("admin.unfeature"),
        () => void this.doing.act(() => this.feature(id, title, false)),
        "quiet",
        title,
      );
    return { key: "unfeature", title: t("admin.do"), sorts: false, value: () => null, cell };
  }

  private readonly onFeature = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const name = new FormData(form).get("competition");
    if (typeof name !== "string") return;
    void this.doing
      .act(() => this.feature(name.trim(), name.trim(), true))
      .then((done) => {
        if (done) form.reset();
      });
  };

  private async feature(competition: string, title: string, isFirst: boolean): Promise<string> {
    const params = { path: { competition } };
    if (isFirst) await ask("post", "/v1/competitions/{competition}/featured", { params });
    else await ask("delete", "/v1/competitions/{competition}/featured", { params });
    this.featured.reload();
    return t(isFirst ? "admin.is_featured" : "admin.is_unfeatured", { title });
  }
}

function keyOf({ id }: CompetitionCard): string {
  return id;
}

function columns(): Column<CompetitionCard>[] {
  return [
    { key: "title", title: t("admin.competition"), kind: "heading", value: ({ title }) => title, cell: ({ slug, title }) => html`<a href=${toCompetition(slug)}>${title}</a>` },
    { key: "organizer", title: t("admin.organizer"), value: ({ organizer }) => organizer },
    { key: "participants", title: t("admin.participants"), kind: "number", sorts: "desc", value: ({ participants }) => participants },
  ]; // prettier-ignore
}

function toDecide(): Column<CompetitionCard> {
  const cell = ({ id, title }: CompetitionCard) =>
    html`<a href=${toApproval(id)}>${t("admin.decide")}<span class="visually-hidden">: ${title}</span></a>`;
  return { key: "decide", title: t("admin.do"), sorts: false, value: () => null, cell };
}
