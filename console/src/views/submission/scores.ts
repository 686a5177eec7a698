import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { reading } from "../../api/client";
import { Resource } from "../../api/resource";
import { current } from "../../api/session";
import type { Column, Competition, Submission } from "../../api/shapes";
import { boardOf, scored } from "../../board-of";
import { beside, type Scored } from "../../best";
import { score } from "../../format";
import { toBoard } from "../../links";
import { t } from "../../words/words";
import { LightElement } from "../light";

/** A board follows its scores in seconds, or with the next round of the sweeper, which comes once a minute. */
const FOLLOWS_MS = 120_000;
const EVERY_SECONDS = 5;
const COUNTED = { status: "Finished", removed_at: null } as const;

/** A submission's scores: beside the best of its participant's others, and where that stands on the board. */
@customElement("agon-scores")
export class AgonScores extends LightElement {
  @property({ attribute: false }) submission!: Submission;
  @property({ attribute: false }) competition!: Competition;
  private readonly others = new Resource(this, () =>
    this.isCompared
      ? reading("/v1/phases/{phase}/submissions", { params: { path: { phase: this.submission.phase } } })
      : undefined,
  );
  /** Of who has more than a page of others, the history tells the best in the column that ranks. */
  private readonly history = new Resource(this, () => {
    const { phase, participant: username } = this.submission;
    if (!this.others.value?.next) return undefined;
    const team = this.ofTeam;
    return team === null
      ? reading("/v1/phases/{phase}/participants/{username}/history", { params: { path: { phase, username } } })
      : reading("/v1/phases/{phase}/teams/{team}/history", { params: { path: { phase, team } } });
  });
  private readonly ranks = new Resource(
    this,
    () => {
      const { phase, participant: username } = this.submission;
      const team = this.ofTeam;
      if (!this.isCompared) return undefined;
      return team !== null
        ? reading("/v1/phases/{phase}/teams/{team}/rank", { params: { path: { phase, team } } })
        : reading("/v1/phases/{phase}/participants/{username}/rank", { params: { path: { phase, username } } });
    },
    () => (this.isNew ? EVERY_SECONDS : undefined),
  );

  protected override render(): TemplateResult | typeof nothing {
    const known = Object.entries(this.submission.scores).filter(
      ([key]) => !key.includes("/") && !this.column(key)?.error_of,
    );
    if (known.length === 0) return nothing;
    return html`<section class="part" aria-labelledby="scores-title">
      <h2 id="scores-title">${t("run.scores")}</h2>
      <dl class="facts scores">${known.map(([key, value]) => this.one(key, value))}</dl>
      ${this.rank()} ${this.submission.notes.map((note) => html`<p class="soft">${note}</p>`)}
    </section>`;
  }

  /** One's own alone are compared: an organizer has no best among a participant's. */
  private get isCompared(): boolean {
    const { parent, status, participant, team } = this.submission;
    const isOwn = participant.toLowerCase() === current()?.username.toLowerCase() || team !== null;
    return parent === null && status === "Finished" && isOwn && this.competition.my_status === "approved";
  }

  /** The id of the team that it was made for; null: for its participant alone. */
  private get ofTeam(): string | null {
    return this.submission.team === null ? null : this.competition.my_team;
  }

  /** One's others with their scores in a column, all that count; none where they are not all known. */
  private comparable({ key }: Column): readonly Scored[] {
    const { value: others } = this.others;
    if (others && !others.next) return others.submissions;
    const { value: history } = this.history;
    if (history?.column.key !== key) return [];
    return history.points.map(({ submission: id, score: value }) => ({ ...COUNTED, id, scores: { [key]: value } }));
  }

  /** Its scores are so new that the board may not have them yet. */
  private get isNew(): boolean {
    const { finished_at: finished } = this.submission;
    return finished !== null && Date.now() - Date.parse(finished) < FOLLOWS_MS;
  }

  private get columns(): readonly Column[] {
    return boardOf(this.competition, this.submission.phase)?.columns ?? [];
  }

  private column(key: string): Column | undefined {
    return this.columns.find((one) => one.key === key && one.task === null);
  }

  private one(key: string, value: number): TemplateResult {
    const column = this.column(key);
    const shown = column ? scored(this.submission.scores, column, this.columns) : score(value, 4);
    return html`<div class=${column?.primary ? "primary" : ""}>
      <dt>${column?.title ?? key}</dt>
      <dd>${shown}${column ? this.comparison(column) : nothing}</dd>
    </div>`;
  }

  private comparison(column: Column): TemplateResult | typeof nothing {
    const found = beside(this.submission, this.comparable(column), column);
    if (!found) return nothing;
    const number = score(Math.abs(found.by), column.precision) ?? "";
    const [look, words] =
      found.by > 0
        ? ["better", t("run.better", { number })]
        : found.by < 0
          ? ["worse", t("run.worse", { number })]
          : ["", t("run.equal")];
    return html`<small class="soft ${look}">${words}</small>`;
  }

  private rank(): TemplateResult | typeof nothing {
    const { value } = this.ranks;
    const place = value?.places.find(({ rank }) => rank !== null);
    if (!value || place?.rank == null) return nothing;
    const { phase } = this.submission;
    return html`<p class="rank-line"><b>${t("run.ranked", { rank: place.rank, count: value.count })}</b>
      <a href=${toBoard(this.competition.slug, phase, place.page)}>${t("run.board")}</a></p>`;
  }
}
