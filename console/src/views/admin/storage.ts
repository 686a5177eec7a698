import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { SiteStorage, StorageDifference, StorageHolder, StorageReview } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import { size } from "../../format";
import { toCompetition, toPerson, toStored } from "../../links";
import { apart } from "../../table/address";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import { Gathered } from "../manage/gathered";
import { PageElement } from "../page-element";
import { loading, trouble } from "../states";
import * as sketch from "../sketch";
import { kindOf, kinds, stored } from "../storage-parts";
import { when } from "../when";

/** How often it is looked how far a review is. */
const REVIEWING_SECONDS = 5;
type Kind = StorageHolder["kind"];

/** What the site stores: who stores the most, quotas, and reviews of the buckets. */
@customElement("agon-admin-storage")
export class AgonAdminStorage extends PageElement {
  private readonly reviewsKeeper = apart();
  private readonly differencesKeeper = apart();
  private readonly site = new Resource(
    this,
    () => reading("/v1/site/storage", { params: { query: { holders: "competition" } } }),
    () => (this.isReviewing ? REVIEWING_SECONDS : undefined),
  );
  private readonly holders = new Gathered<StorageHolder>(
    this,
    () => this.kind,
    async (cursor) => {
      const query = { holders: this.kind, cursor };
      const found = await ask("get", "/v1/site/storage", { params: { query } });
      return { rows: found.holders, next: found.next };
    },
  );
  private readonly differences = new Gathered<StorageDifference>(
    this,
    () => "differences",
    async (cursor) => {
      const found = await ask("get", "/v1/site/storage/differences", { params: { query: { cursor } } });
      return { rows: found.differences, next: found.next };
    },
  );
  private readonly chosen = new Resource(this, () => {
    const competition = this.query("of");
    return competition
      ? reading("/v1/competitions/{competition}/storage", { params: { path: { competition } } })
      : undefined;
  });

  private get kind(): Kind {
    return this.query("holders") === "account" ? "account" : "competition";
  }

  private get isReviewing(): boolean {
    return this.site.value?.reviews.some(({ status }) => status === "Waiting" || status === "Running") ?? false;
  }

  protected override render(): TemplateResult {
    const { value, problem } = this.site;
    if (!value) return problem ? trouble(problem, this.site.reload, 2) : loading(t("storage.title"), sketch.facts(3));
    return html`${this.largest()} ${this.quotas(value)} ${this.reviews(value)} ${this.wrong()}`;
  }

  private largest(): TemplateResult {
    const { holders, kind } = this;
    return html`<section class="admin-part">
      <h2>${t("admin.largest")}</h2>
      <p class="order">
        ${(["competition", "account"] as const).map((one) => html`<a href=${toStored(one)} aria-current=${one === kind ? "true" : "false"}>${t(`admin.${one}s`)}</a>`)}
      </p>
      ${this.ofCompetition()}
      <agon-table .name=${t("admin.largest")} .rows=${holders.rows} .total=${holders.total} .problem=${holders.problem} .again=${holders.reload}
        .keyOf=${({ id }: StorageHolder) => id} .columns=${holderColumns(kind)} @more=${holders.more} @all=${holders.all}></agon-table>
    </section>`;
  }

  private ofCompetition(): TemplateResult | typeof nothing {
    const competition = this.query("of");
    if (!competition) return nothing;
    const { value, problem } = this.chosen;
    const name = this.holders.rows?.find(({ id }) => id === competition)?.name ?? competition;
    return html`<div class="admin-chosen">
      <h3>${t("admin.storage_of", { title: name })}</h3>
      ${value ? stored(value) : problem ? trouble(problem, this.chosen.reload, 2) : loading(t("storage.title"), sketch.facts(3))}
      ${
        value
          ? html`<agon-form operation="storage_set_competition_quota" .name=${competition} .values=${{ quota_bytes: value.own_quota ? value.quota_bytes : null }} .action=${t("storage.set")}
              @submit=${({ detail: { body, until } }: Submitted<"storage_set_competition_quota">) => until(ask("patch", "/v1/competitions/{competition}/storage", { params: { path: { competition } }, body }))}
              @sent=${this.chosen.reload}></agon-form>`
          : nothing
      }
    </div>`;
  }

  private quotas({ account_quota_bytes, competition_quota_bytes }: SiteStorage): TemplateResult {
    return html`<section class="admin-part">
      <h2>${t("admin.quotas")}</h2>
      <p class="soft">${t("admin.about_quotas")}</p>
      <agon-form operation="storage_change_quotas" .values=${{ account_quota_bytes, competition_quota_bytes }}
        @submit=${({ detail: { body, until } }: Submitted<"storage_change_quotas">) => until(ask("patch", "/v1/site/storage", { body }))} @sent=${this.site.reload}></agon-form>
    </section>`;
  }

  private reviews({ reviews }: SiteStorage): TemplateResult {
    return html`<section class="admin-part">
      <h2>${t("admin.reviews")}</h2>
      <p class="soft">${t("admin.about_reviews")}</p>
      <agon-form operation="storage_review" .action=${t("admin.review")} @submit=${({ detail: { body, until } }: Submitted<"storage_review">) => until(ask("post", "/v1/site/storage/reviews", { body }))} @sent=${this.site.reload}></agon-form>
      <agon-table .name=${t("admin.reviews")} .keeper=${this.reviewsKeeper} .rows=${reviews} .keyOf=${({ id }: StorageReview) => id} .columns=${reviewColumns()}></agon-table>
    </section>`;
  }

  private wrong(): TemplateResult {
    const { differences } = this;
    return html`<section class="admin-part">
      <h2>${t("admin.differences")}</h2>
      <p class="soft">${t("admin.about_differences")}</p>
      <agon-table .name=${t("admin.differences")} .keeper=${this.differencesKeeper} .rows=${differences.rows} .total=${differences.total} .problem=${differences.problem} .again=${differences.reload}
        .keyOf=${({ kind, id }: StorageDifference) => `${kind} ${id}`} .columns=${differenceColumns()} @more=${differences.more} @all=${differences.all}></agon-table>
    </section>`;
  }
}

function named({ kind, id, name }: Pick<StorageHolder, "kind" | "id" | "name">): TemplateResult | string {
  if (kind === "competition") return html`<a href=${toCompetition(id)}>${name || id}</a>`;
  return name ? html`<a href=${toPerson(name)}>${name}</a>` : id;
}

function holderColumns(kind: Kind): Column<StorageHolder>[] {
  const sum = (amounts: Readonly<Record<string, number>>) => Object.values(amounts).reduce((a, b) => a + b, 0);
  const shown: Column<StorageHolder>[] = [
    { key: "name", title: t("admin.whose"), kind: "heading", value: ({ name, id }) => name || id, cell: named },
    { key: "total", title: t("storage.total"), kind: "number", sorts: "desc", value: (row) => row.total_bytes, cell: (row) => size(row.total_bytes) },
    { key: "of", title: t("admin.of_it"), sorts: false, value: ({ bytes }) => kinds(bytes) },
    { key: "cleanable", title: t("storage.cleanable"), kind: "number", sorts: "desc", value: ({ cleanable }) => sum(cleanable), cell: ({ cleanable }) => size(sum(cleanable)) },
  ]; // prettier-ignore
  if (kind === "account") return shown;
  const cell = ({ id, name }: StorageHolder) =>
    html`<a href=${toStored("competition", id)}>${t("admin.quota")}<span class="visually-hidden">: ${name}</span></a>`;
  return [...shown, { key: "quota", title: t("admin.do"), sorts: false, value: () => null, cell }];
}

function reviewColumns(): Column<StorageReview>[] {
  return [
    { key: "at", title: t("admin.at"), kind: "heading", sorts: "desc", value: (row) => row.created_at, cell: (row) => when(row.created_at) },
    { key: "status", title: t("admin.status"), value: ({ status }) => t(`departure.${status}`), cell: ({ status, reason }) => html`${t(`departure.${status}`)} ${reason}` },
    { key: "objects", title: t("admin.objects"), kind: "number", value: ({ objects }) => objects },
    { key: "size", title: t("storage.total"), kind: "number", value: (row) => row.size_bytes, cell: (row) => size(row.size_bytes) },
    { key: "unclaimed", title: t("admin.unclaimed"), kind: "number", value: ({ unclaimed }) => unclaimed, cell: (row) => html`<span title=${row.examples.join("\n")}>${row.unclaimed}</span>` },
    { key: "differing", title: t("admin.differing"), kind: "number", value: ({ differing }) => differing },
    { key: "mended", title: t("admin.mended"), kind: "number", value: ({ mended }) => mended },
  ]; // prettier-ignore
}

function differenceColumns(): Column<StorageDifference>[] {
  const amounts = (row: StorageDifference) =>
    Object.keys({ ...row.found, ...row.counted })
      .filter((kind) => row.found[kind] !== row.counted[kind])
      .map((kind) => ({ kind: kindOf(kind), found: size(row.found[kind] ?? 0), counted: size(row.counted[kind] ?? 0) }));
  return [
    { key: "name", title: t("admin.whose"), kind: "heading", value: ({ name, id }) => name || id, cell: named },
    { key: "what", title: t("admin.found_counted"), sorts: false, value: (row) => amounts(row).map((one) => t("admin.found_not", one)).join("; ") },
  ]; // prettier-ignore
}
