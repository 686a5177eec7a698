import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask } from "../../api/client";
import { current } from "../../api/session";
import type { BulkResult, Submission } from "../../api/shapes";
import { boardOf, scored, scoresOf } from "../../board-of";
import { size } from "../../format";
import { toSubmission } from "../../links";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import { Doing } from "../manage/doing";
import { Gathered } from "../manage/gathered";
import { clearReason, inBatches, oneByOne, reasonField, told, typed } from "../manage/several";
import { TabElement } from "../page-element";
import { empty } from "../states";
import { when } from "../when";
import "./marks";

/** Everybody's submissions to a phase, with what is done to many of them at once. */
@customElement("agon-all-submissions")
export class AgonAllSubmissions extends TabElement {
  /** The one whose marks and scores are edited below the list. */
  @state() private chosen?: Submission;
  /** Those that are withdrawn, or deleted, when their organizer says so once more. */
  @state() private asked?: readonly Submission[];
  private readonly doing = new Doing(this);
  private readonly list = new Gathered<Submission>(
    this,
    () => this.phase?.id,
    async (cursor) => {
      const params = { ...this.which, query: { everyone: "true" as const, cursor } };
      const { submissions, next } = await ask("get", "/v1/phases/{phase}/submissions", { params });
      return { rows: submissions, next };
    },
  );

  private get which() {
    return { path: { phase: this.phase?.id ?? "" } };
  }

  protected override render(): TemplateResult {
    const { list } = this;
    if (!this.phase) return empty(t("all.no_phase"), t("all.about_no_phase"));
    return html`<h2>${t("all.title")}</h2>
      <p class="soft manage-lead">${t("all.about", { phase: this.phase.name })}</p>
      ${this.doing.outcome()} ${this.asked ? this.question(this.asked) : nothing}
      <agon-table .name=${t("all.title")} .rows=${list.rows} .total=${list.total} .problem=${list.problem} .again=${list.reload} .keyOf=${({ id }: Submission) => id}
        .columns=${this.columns()} .bulk=${this.bulk} .empty=${empty(t("all.none"), t("all.about_none"))} @more=${list.more} @all=${list.all}></agon-table>
      ${this.chosen ? html`<agon-marks class="manage-part" tabindex="-1" .submission=${this.chosen} .competition=${this.competition} .kept=${list.reload}></agon-marks>` : nothing}`;
  }

  private columns(): Column<Submission>[] {
    const all = boardOf(this.competition, this.phase)?.columns ?? [];
    const scores = scoresOf(all).filter(({ task }) => task === null);
    const { teams } = this.competition;
    const found: (Column<Submission> | false)[] = [
      { key: "name", title: t("all.name"), kind: "heading", value: ({ name }) => name || t("all.unnamed"), cell: (one) => html`<a href=${toSubmission(one.id)}>${one.name || t("all.unnamed")}</a>` },
      { key: "by", title: t("all.by"), filters: true, value: ({ participant }) => participant },
      teams && { key: "team", title: t("all.team"), filters: true, value: ({ team }) => team },
      { key: "status", title: t("all.status"), filters: true, value: ({ status }) => t(`all.${status}`), cell: statusOf },
      { key: "fault", title: t("all.fault"), filters: true, value: ({ fault }) => (fault ? t(`all.fault_${fault}`) : ""), isExtra: true },
      { key: "reason", title: t("all.reason"), isExtra: true, value: ({ reason }) => reason },
      ...scores.map((column, at): Column<Submission> => ({ key: `score-${column.key}`, title: column.title, kind: "number", sorts: "desc", isExtra: at > 1, value: (one) => one.scores[column.key], cell: (one) => scored(one.scores, column, all) ?? "–" })),
      { key: "size", title: t("all.size"), kind: "number", sorts: "desc", isExtra: true, value: ({ size_bytes: bytes }) => bytes, cell: ({ size_bytes: bytes }) => size(bytes) },
      { key: "attempt", title: t("all.attempt"), kind: "number", isExtra: true, value: ({ attempt }) => attempt },
      { key: "at", title: t("all.at"), sorts: "desc", value: ({ created_at: at }) => at, cell: ({ created_at: at }) => when(at) },
    ]; // prettier-ignore
    return found.filter((column) => column !== false);
  }

  private readonly bulk = (rows: readonly Submission[]): TemplateResult => {
    const [first] = rows;
    const { doing } = this;
    return html`<div class="several">
      ${doing.button(t("all.rerun"), () => void this.change(rows, "rerun"))}
      ${doing.button(t("all.cancel"), () => void this.change(rows, "cancel"), "quiet")}
      ${rows.some(({ status }) => status === "Submitting") ? doing.button(t("all.start"), () => void this.change(rows, "start"), "quiet") : nothing}
      ${reasonField()} ${doing.button(t("all.fail"), (event) => void this.fail(rows, typed(event, "reason")), "quiet")}
      ${doing.button(t("all.on_board"), () => void this.board(rows, true), "quiet")} ${doing.button(t("all.off_board"), () => void this.board(rows, false), "quiet")}
      ${first && rows.length === 1 ? doing.button(t("all.marks"), () => void this.choose(first), "quiet") : nothing}
      ${doing.button(t("all.pack"), () => void this.pack(rows), "quiet")}
      ${doing.button(endOf(rows).words, () => this.askOnce(rows), "quiet")}
    </div>`;
  };

  private question(rows: readonly Submission[]): TemplateResult {
    const { words, now, about } = endOf(rows);
    const answer = (isYes: boolean) => (): void => {
      this.asked = undefined;
      if (isYes) void this.change(rows, "delete");
    };
    return html`<div class="manage-question" role="group" tabindex="-1" aria-label=${words}>
      <p>${about}</p>
      <p class="actions">${this.doing.button(now, answer(true))} ${this.doing.button(t("all.keep"), answer(false), "quiet")}</p>
    </div>`;
  }

  private askOnce(rows: readonly Submission[]): void {
    this.asked = rows;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(".manage-question")?.focus());
  }

  private async choose(one: Submission): Promise<void> {
    this.chosen = one;
    await this.updateComplete;
    this.querySelector<HTMLElement>("agon-marks")?.focus();
  }

  private change(rows: readonly Submission[], verb: "rerun" | "cancel" | "start" | "delete"): Promise<void> {
    const params = this.which;
    const send = (submissions: string[]): Promise<BulkResult> => {
      const body = { submissions };
      if (verb === "rerun") return ask("post", "/v1/phases/{phase}/submissions/rerun", { params, body });
      if (verb === "cancel") return ask("post", "/v1/phases/{phase}/submissions/cancel", { params, body });
      if (verb === "start") return ask("post", "/v1/phases/{phase}/submissions/start", { params, body });
      return ask("post", "/v1/phases/{phase}/submissions/delete", { params, body });
    };
    return this.do(rows, (ids) => inBatches(ids, send));
  }

  private fail(rows: readonly Submission[], reason: string): Promise<void> {
    return this.do(rows, (ids) =>
      inBatches(ids, (submissions) =>
        ask("post", "/v1/phases/{phase}/submissions/fail", { params: this.which, body: { submissions, reason } }),
      ),
    );
  }

  private board(rows: readonly Submission[], isOn: boolean): Promise<void> {
    const put = (submission: string): Promise<unknown> => {
      const params = { path: { submission } };
      if (isOn) return ask("post", "/v1/submissions/{submission}/leaderboard", { params });
      return ask("delete", "/v1/submissions/{submission}/leaderboard", { params });
    };
    return this.do(rows, (ids) => oneByOne(ids, put));
  }

  private async do(rows: readonly Submission[], verb: (ids: string[]) => Promise<BulkResult>): Promise<void> {
    const names = new Map(rows.map(({ id, name, participant }) => [id, `${participant}: ${name || t("all.unnamed")}`]));
    if (await this.doing.act(async () => told(await verb([...names.keys()]), (id) => names.get(id) ?? id)))
      clearReason(this);
    this.list.reload();
  }

  private async pack(rows: readonly Submission[]): Promise<void> {
    const submissions = rows.map(({ id }) => id);
    await this.doing.act(async () => {
      await ask("post", "/v1/phases/{phase}/parcels", { params: this.which, body: { submissions } });
      return t("all.packed");
    });
  }
}

/** What becomes of submissions that are taken out: others’ are withdrawn and can be brought back, one’s own are deleted. */
function endOf(rows: readonly Submission[]): { words: string; now: string; about: string } {
  const me = current()?.username.toLowerCase();
  const own = rows.filter(({ participant }) => participant.toLowerCase() === me).length;
  const others = rows.length - own;
  const about = [
    others > 0 ? t("all.about_withdraw", { count: others }) : "",
    own > 0 ? t(others > 0 ? "all.about_own" : "all.about_delete", { count: own }) : "",
  ];
  const [words, now] = others > 0 ? [t("all.withdraw"), t("all.withdraw_now")] : [t("all.delete"), t("all.delete_now")];
  return { words, now, about: about.filter(Boolean).join(" ") };
}

const LOOKS: Partial<Record<Submission["status"], string>> = {
  Finished: "open",
  Failed: "trouble-chip",
  Cancelled: "closed",
  Submitting: "draft",
};

function statusOf({ status, reason, removed_at: removed, fault }: Submission): TemplateResult {
  const why = [fault ? t(`all.fault_${fault}`) : "", reason].filter(Boolean).join(": ");
  return html`<span class="chip ${LOOKS[status] ?? "upcoming"}" title=${why || nothing}>${t(`all.${status}`)}</span>${removed ? html` <span class="mark-word">${t("all.removed")}</span>` : nothing}`;
}
