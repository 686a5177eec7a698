import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { Determinism, Migrating, Migration, PhaseJob } from "../../api/shapes";
import { score } from "../../format";
import { toSubmission } from "../../links";
import { apart } from "../../table/address";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import { Doing } from "../manage/doing";
import { isAtWork, jobColumns } from "../manage/jobs";
import { TabElement } from "../page-element";
import { empty } from "../states";

const REFRESH_SECONDS = 10;
type Repeated = Determinism["repeated"][number];

/** What is done to a phase as a whole: submissions taken along, run again, and repeated to see whether they score the same. */
@customElement("agon-phase-work")
export class AgonPhaseWork extends TabElement {
  /** What was looked at before it is done. */
  @state() private preview?: Migration;
  @state() private isAsking = false;
  private readonly doing = new Doing(this);
  private readonly jobs = new Resource(
    this,
    () => (this.phase ? reading("/v1/phases/{phase}/jobs", { params: this.which }) : undefined),
    (): number | undefined => (this.jobs.value?.jobs.some(isAtWork) ? REFRESH_SECONDS : undefined),
  );
  private readonly check = new Resource(
    this,
    () => (this.phase ? reading("/v1/phases/{phase}/determinism", { params: this.which }) : undefined),
    (): number | undefined => (this.check.value?.in_progress ? REFRESH_SECONDS : undefined),
  );
  private readonly keepers = { migrating: apart(), repeated: apart(), jobs: apart() };

  private get which() {
    return { path: { phase: this.phase?.id ?? "" } };
  }

  protected override render(): TemplateResult {
    if (!this.phase) return empty(t("all.no_phase"), t("all.about_no_phase"));
    return html`<h2>${t("work.title")}</h2>
      <p class="soft manage-lead">${t("work.about", { phase: this.phase.name })}</p>
      ${this.doing.outcome()} ${this.rerun()} ${this.migration()} ${this.determinism()} ${this.list()}`;
  }

  private rerun(): TemplateResult {
    return html`<section class="manage-part" aria-labelledby="rerun-title">
      <h3 id="rerun-title">${t("work.rerun")}</h3>
      <p class="soft">${t("work.about_rerun")}</p>
      ${
        this.isAsking
          ? html`<p class="actions">${this.doing.button(t("work.rerun_now"), () => void this.rerunAll())} ${this.doing.button(t("work.not_now"), () => (this.isAsking = false), "quiet")}</p>`
          : html`<p>${this.doing.button(t("work.rerun_all"), () => (this.isAsking = true), "quiet")}</p>`
      }
    </section>`;
  }

  private async rerunAll(): Promise<void> {
    await this.doing.act(async () => {
      await ask("post", "/v1/phases/{phase}/rerun", { params: this.which });
      return t("work.begun");
    });
    this.isAsking = false;
    this.jobs.reload();
  }

  private migration(): TemplateResult {
    const others = this.competition.phases.filter(({ id }) => id !== this.phase?.id);
    if (others.length === 0) return html``;
    const before = others.filter(({ index }) => index < (this.phase?.index ?? 0)).at(-1) ?? others[0];
    return html`<section class="manage-part" aria-labelledby="migration-title">
      <h3 id="migration-title">${t("work.migration")}</h3>
      <p class="soft">${t("work.about_migration")}</p>
      <form class="several" @submit=${this.onPreview}>
        <label class="several-field">${t("work.source")}
          <select name="source">${others.map(({ id, name }) => html`<option value=${id} ?selected=${id === before?.id}>${name}</option>`)}</select>
        </label>
        <label class="several-field">${t("work.rule")}
          <select name="rule"><option value="last">${t("work.last")}</option><option value="best">${t("work.best")}</option></select>
        </label>
        <button class="quiet" aria-disabled=${this.doing.isBusy ? "true" : "false"}>${t("work.preview")}</button>
      </form>
      ${this.preview ? this.previewed(this.preview) : nothing}
    </section>`;
  }

  private readonly onPreview = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const query = { source: form.get("source") as string, rule: form.get("rule") as "last" | "best" };
    void this.doing.act(async () => {
      this.preview = await ask("get", "/v1/phases/{phase}/migration", { params: { ...this.which, query } });
      return t("work.previewed", { count: this.preview.participants.filter(({ submission }) => submission).length });
    });
  };

  private previewed(found: Migration): TemplateResult {
    return html`<agon-table .name=${t("work.migration")} .rows=${found.participants} .total=${found.next ? Infinity : found.participants.length} .keeper=${this.keepers.migrating}
        .keyOf=${({ participant }: Migrating) => participant} .columns=${migrating()} @more=${() => void this.further(found)} @all=${() => void this.further(found)}></agon-table>
      <p class="actions">
        ${this.doing.button(t("work.migrate"), () => void this.migrate(found))}
        ${found.starts_by_itself ? html`<span class="soft">${t("work.by_itself")}</span>` : nothing}
        ${found.next ? this.doing.button(t("work.further"), () => void this.further(found), "quiet") : nothing}
      </p>`;
  }

  private async further({ source, rule, next, participants }: Migration): Promise<void> {
    if (!next) return;
    await this.doing.act(async () => {
      const query = { source, rule, cursor: next };
      const more = await ask("get", "/v1/phases/{phase}/migration", { params: { ...this.which, query } });
      this.preview = { ...more, participants: [...participants, ...more.participants] };
      return "";
    });
  }

  private async migrate({ source, rule }: Migration): Promise<void> {
    await this.doing.act(async () => {
      await ask("post", "/v1/phases/{phase}/migration", { params: this.which, body: { source, rule } });
      this.preview = undefined;
      return t("work.begun");
    });
    this.jobs.reload();
  }

  private determinism(): TemplateResult {
    const { value: found } = this.check;
    return html`<section class="manage-part" aria-labelledby="check-title">
      <h3 id="check-title">${t("work.determinism")}</h3>
      <p class="soft">${t("work.about_determinism")}</p>
      <form class="several" @submit=${this.onCheck}>
        <label class="several-field">${t("work.top")} <input name="top" type="number" min="1" max="20" value="3" required /></label>
        <button class="quiet" aria-disabled=${this.doing.isBusy ? "true" : "false"}>${t("work.check")}</button>
      </form>
      ${found ? this.checked(found) : nothing}
    </section>`;
  }

  private readonly onCheck = (event: SubmitEvent): void => {
    event.preventDefault();
    const top = Number(new FormData(event.target as HTMLFormElement).get("top"));
    void this.doing
      .act(async () => {
        await ask("post", "/v1/phases/{phase}/determinism", { params: this.which, body: { top } });
        return t("work.begun");
      })
      .then(() => this.check.reload());
  };

  private checked({ repeated, in_progress: left, refused }: Determinism): TemplateResult {
    return html`${left > 0 ? html`<p role="status">${t("work.left", { count: left })}</p>` : nothing}
      <agon-table .name=${t("work.determinism")} .rows=${repeated} .keeper=${this.keepers.repeated} .keyOf=${(one: Repeated) => `${one.submission} ${one.task}`} .columns=${repetitions()}></agon-table>
      ${Object.entries(refused).map(([id, reason]) => html`<p class="soft"><a href=${toSubmission(id)}>${id}</a>: ${reason}</p>`)}`;
  }

  private list(): TemplateResult {
    const { value, problem, reload } = this.jobs;
    return html`<section class="manage-part" aria-labelledby="jobs-title">
      <h3 id="jobs-title">${t("work.jobs")}</h3>
      <agon-table .name=${t("work.jobs")} .rows=${value?.jobs} .problem=${problem} .again=${reload} .expected=${2} .keeper=${this.keepers.jobs}
        .keyOf=${({ id }: PhaseJob) => id} .columns=${jobColumns<PhaseJob>(({ work }) => t(`work.job_${work}`))} .empty=${empty(t("work.no_jobs"), t("work.about_no_jobs"))}></agon-table>
      ${value?.jobs.filter(({ refused }) => refused).map(({ refused }) => html`<p class="soft">${t("work.left_alone", { reason: refused })}</p>`)}
    </section>`;
  }
}

function migrating(): Column<Migrating>[] {
  return [
    { key: "who", title: t("work.participant"), kind: "heading", value: ({ participant }) => participant },
    { key: "what", title: t("work.goes"), value: ({ submission }) => (submission ? t("values.yes") : t("work.nothing")), filters: true, cell: ({ submission: id }) => (id ? html`<a href=${toSubmission(id)}>${t("work.this_one")}</a>` : t("work.nothing")) },
    { key: "busy", title: t("work.busy"), kind: "number", value: (one) => one.in_progress },
    { key: "became", title: t("work.became"), value: ({ became }) => became, cell: ({ became: id }) => (id ? html`<a href=${toSubmission(id)}>${t("work.there")}</a>` : "–") },
  ]; // prettier-ignore
}

function scoresOf({ columns }: Repeated): string[] {
  return columns.map(({ key, before, after }) => `${key}: ${score(before, 6) ?? "–"} → ${score(after, 6) ?? "–"}`);
}

function repetitions(): Column<Repeated>[] {
  const same = ({ same: is }: Repeated): string => (is === null ? "–" : is ? t("values.yes") : t("values.no"));
  return [
    { key: "who", title: t("work.participant"), kind: "heading", value: ({ participant }) => participant, cell: ({ participant, submission }) => html`<a href=${toSubmission(submission)}>${participant}</a>` },
    { key: "rank", title: t("work.rank"), kind: "number", value: ({ rank }) => rank },
    { key: "status", title: t("all.status"), value: ({ status }) => t(`all.${status}`) },
    { key: "same", title: t("work.same"), filters: true, value: same },
    { key: "scores", title: t("work.scores"), class: "wide-cell", value: (one) => scoresOf(one).join("; "), cell: (one) => html`<span class="lines">${scoresOf(one).map((line) => html`<span>${line}</span>`)}</span>` },
    { key: "images", title: t("work.same_images"), isExtra: true, value: ({ same_images: is }) => (is === null ? "–" : is ? t("values.yes") : t("values.no")) },
    { key: "why", title: t("all.reason"), isExtra: true, value: ({ reason }) => reason },
  ]; // prettier-ignore
}
