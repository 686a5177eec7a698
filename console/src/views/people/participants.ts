import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask } from "../../api/client";
import type { BulkResult, ParticipantRow } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import { score } from "../../format";
import { ADDRESS, viewAt } from "../../table/address";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import { Doing } from "../manage/doing";
import { Gathered } from "../manage/gathered";
import { clearReason, inBatches, oneByOne, reasonField, told, typed } from "../manage/several";
import { TabElement } from "../page-element";
import { when } from "../when";

const STATUSES = ["approved", "pending", "denied"] as const;

/** Who takes part or asks to, with what they did so far; who decides about them does it here, to many at once. */
@customElement("agon-participants")
export class AgonParticipants extends TabElement {
  private readonly doing = new Doing(this);
  private column: string | null = null;
  private readonly list = new Gathered<ParticipantRow>(
    this,
    () => `${this.competition.id} ${this.phase?.id}`,
    async (cursor) => {
      const { q, only } = viewAt(ADDRESS);
      const sought = { search: q.trim() || undefined, status: STATUSES.find((one) => one === only.status) };
      const params = { ...this.which, query: { cursor, phase: this.phase?.id, ...sought } };
      const found = await ask("get", "/v1/competitions/{competition}/participants", { params });
      this.column = found.column;
      return { rows: found.participants, next: found.next };
    },
  );

  private get which() {
    return { path: { competition: this.competition.id } };
  }

  protected override render(): TemplateResult {
    const { list } = this;
    return html`<h2>${t("participants.title")}</h2>
      <p class="soft manage-lead">${t("participants.about")}</p>
      ${this.doing.outcome()}
      <agon-table .name=${t("participants.title")} .rows=${list.rows} .total=${list.total} .problem=${list.problem} .again=${list.reload}
        .keyOf=${({ user }: ParticipantRow) => user} .columns=${this.columns()} .bulk=${this.bulk} .seeks=${t("participants.search")} @seek=${list.renew} @more=${list.more} @all=${list.all}></agon-table>
      <details class="manage-part folded">
        <summary><h3>${t("participants.file")}</h3></summary>
        <p class="soft">${t("participants.about_file")}</p>
        <agon-form operation="participants_export" .name=${this.competition.id} .only=${["status", "search", "addresses"]} .action=${t("participants.make_file")} .changes=${{ addresses: { hint: t("participants.about_addresses") } }}
          @submit=${this.onExport} @sent=${({ detail }: CustomEvent<{ url: string }>) => location.assign(detail.url)}></agon-form>
      </details>
      <details class="manage-part folded">
        <summary><h3>${t("participants.robot")}</h3></summary>
        <p class="soft">${t("participants.about_robot")}</p>
        <agon-form operation="robots_admit" .name=${this.competition.id} .action=${t("participants.admit")} @submit=${this.onAdmit} @sent=${list.reload}></agon-form>
      </details>`;
  }

  private columns(): Column<ParticipantRow>[] {
    const { teams, participant_groups: groups = [], registration_questions: questions } = this.competition;
    const titles = new Map(groups.map(({ key, title }) => [key, title]));
    const found: (Column<ParticipantRow> | false)[] = [
      { key: "name", title: t("participants.name"), kind: "heading", value: ({ username }) => username, cell: (row) => this.named(row) },
      { key: "status", title: t("participants.status"), filters: STATUSES.map((value) => ({ value, label: t(`participants.${value}`) })), value: ({ status }) => t(`participants.${status}`), cell: stateOf },
      teams && { key: "team", title: t("participants.team"), filters: true, value: ({ team }) => team, cell: ({ team }) => team ?? "–" },
      groups.length > 0 && { key: "group", title: t("participants.group"), filters: true, value: (row) => row.groups.map((key) => titles.get(key) ?? key).join(", ") },
      { key: "attempts", title: t("participants.attempts"), kind: "number", sorts: "desc", value: ({ attempts }) => attempts },
      { key: "last", title: t("participants.last"), sorts: "desc", value: (row) => row.last_submission_at, cell: (row) => (row.last_submission_at ? when(row.last_submission_at) : "–") },
      { key: "score", title: t("participants.score"), kind: "number", sorts: "desc", value: (row) => row.score, cell: (row) => score(row.score, this.precision) ?? "–" },
      { key: "joined", title: t("participants.joined"), isExtra: true, value: ({ joined_at }) => joined_at, cell: ({ joined_at }) => when(joined_at) },
      { key: "reason", title: t("participants.reason"), isExtra: true, value: ({ reason }) => reason },
      ...questions.map(({ key, title }): Column<ParticipantRow> => ({ key: `answer-${key}`, title, isExtra: true, value: ({ answers }) => answers[key] })),
    ]; // prettier-ignore
    return found.filter((column) => column !== false);
  }

  private get precision(): number {
    return this.competition.leaderboard?.columns.find(({ key }) => key === this.column)?.precision ?? 2;
  }

  private named(row: ParticipantRow): TemplateResult {
    return html`<span>${row.username}</span> ${
      row.robot
        ? html`<span class="mark-word">${t("participants.is_robot")}</span>
            <button type="button" class="quiet" @click=${() => void this.release(row)}>${t("participants.release")}<span class="visually-hidden"> ${row.username}</span></button>`
        : nothing
    }`;
  }

  private readonly bulk = (rows: readonly ParticipantRow[]): TemplateResult => {
    const ids = rows.map(({ user }) => user);
    const groups = this.competition.participant_groups ?? [];
    return html`<div class="several">
      ${reasonField()}
      ${this.doing.button(t("participants.approve"), (event) => this.decide(ids, "approved", typed(event, "reason")))}
      ${this.doing.button(t("participants.deny"), (event) => this.decide(ids, "denied", typed(event, "reason")), "quiet")}
      ${groups.length > 0 ? this.grouping(ids) : nothing}
      ${
        this.phase
          ? html`<label class="several-field">${t("participants.extra")} <input name="attempts" type="number" min="-100" max="100" value="1" /></label>
              ${this.doing.button(t("participants.give"), (event) => this.give(ids, Number(typed(event, "attempts")), typed(event, "reason")), "quiet")}`
          : nothing
      }
    </div>`;
  };

  private grouping(ids: readonly string[]): TemplateResult {
    const assign = (remove: boolean) => (event: Event) =>
      this.assign(ids, typed(event, "group"), remove, typed(event, "reason"));
    return html`<label class="several-field">${t("participants.group")}
        <select name="group">${this.competition.participant_groups?.map(({ key, title }) => html`<option value=${key}>${title}</option>`)}</select>
      </label>
      ${this.doing.button(t("participants.put"), assign(false), "quiet")} ${this.doing.button(t("participants.take"), assign(true), "quiet")}`;
  }

  private decide(ids: readonly string[], status: "approved" | "denied", reason: string): void {
    void this.change(() =>
      inBatches(ids, (participants) =>
        ask("post", "/v1/competitions/{competition}/participants/decide", {
          params: this.which,
          body: { status, reason, participants },
        }),
      ),
    );
  }

  private assign(ids: readonly string[], group: string, remove: boolean, reason: string): void {
    void this.change(() =>
      inBatches(ids, (participants) =>
        ask("post", "/v1/competitions/{competition}/groups/assign", {
          params: this.which,
          body: { group, participants, remove, reason },
        }),
      ),
    );
  }

  private give(ids: readonly string[], attempts: number, reason: string): void {
    const phase = this.phase?.id ?? "";
    void this.change(() =>
      oneByOne(ids, (user) =>
        ask("post", "/v1/competitions/{competition}/participants/{user}/attempts", {
          params: { path: { ...this.which.path, user } },
          body: { phase, attempts, reason },
        }),
      ),
    );
  }

  private async change(verb: () => Promise<BulkResult>): Promise<void> {
    const names = new Map(this.list.rows?.map(({ user, username }) => [user, username]));
    if (await this.doing.act(async () => told(await verb(), (id) => names.get(id) ?? id))) clearReason(this);
    this.list.reload();
  }

  private async release({ user, username }: ParticipantRow): Promise<void> {
    const params = { path: { ...this.which.path, user } };
    await this.doing.act(async () => {
      await ask("delete", "/v1/competitions/{competition}/robots/{user}", { params });
      return t("participants.released", { name: username });
    });
    this.list.reload();
  }

  private readonly onExport = ({ detail: { body, until } }: Submitted<"participants_export">): void =>
    until(
      ask("post", "/v1/competitions/{competition}/participants/exports", {
        params: this.which,
        body: { ...body, phase: this.phase?.id },
      }),
    );

  private readonly onAdmit = ({ detail: { body, until } }: Submitted<"robots_admit">): void =>
    until(ask("post", "/v1/competitions/{competition}/robots", { params: this.which, body }));
}

function stateOf({ status, reason }: ParticipantRow): TemplateResult {
  const look = { approved: "open", pending: "upcoming", denied: "closed" }[status];
  return html`<span class="chip ${look}" title=${reason || nothing}>${t(`participants.${status}`)}</span>`;
}
