import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { ask, reading } from "../api/client";
import { Problem } from "../api/problem";
import { Resource } from "../api/resource";
import type { Team } from "../api/shapes";
import { LightElement } from "./light";
import { empty, loading, trouble } from "./states";
import { teamChip } from "./team";

/** An organizer's view of a competition's teams: who is in them, and whether they may submit. */
@customElement("agon-teams")
export class AgonTeams extends LightElement {
  @property({ attribute: false }) competitionId = "";
  @state() private cursor: string | null = null;
  @state() private refusal?: Problem;
  @state() private told = "";
  private readonly read = new Resource(this, () => {
    const params = { path: { competition: this.competitionId }, query: { cursor: this.cursor ?? undefined } };
    return reading("/v1/competitions/{competition}/teams", { params });
  });

  protected override render(): TemplateResult {
    const { value: found, problem } = this.read;
    if (problem) return trouble(problem, this.read.reload, 2);
    if (!found) return loading("the teams");
    if (found.teams.length === 0) return empty("There is no team yet", "Participants make them here, on this tab.");
    return html`<section class="jury-table" aria-labelledby="teams-title">
      <h2 id="teams-title">Teams</h2>
      <p role="status" class="soft told">${this.told}</p>
      ${this.refusal ? html`<p class="form-problem" role="alert">${this.refusal.detail}</p>` : nothing}
      <div class="table-frame" tabindex="0" role="group" aria-label="Teams"><table>
        <thead><tr><th scope="col">Team</th><th scope="col">Members</th><th scope="col">Status</th><th scope="col">Do</th></tr></thead>
        <tbody>${found.teams.map((team) => this.line(team))}</tbody>
      </table></div>
      <p class="actions pages">
        ${this.cursor ? html`<button type="button" class="quiet" @click=${() => (this.cursor = null)}>First teams</button>` : nothing}
        ${found.next ? html`<button type="button" class="quiet" @click=${() => (this.cursor = found.next)}>More teams</button>` : nothing}
      </p>
    </section>`;
  }

  private line(team: Team): TemplateResult {
    return html`<tr>
      <th scope="row">${team.name}</th>
      <td>${team.members.map(({ username }) => username).join(", ")}</td>
      <td>${teamChip(team)}</td>
      <td>${(["approved", "denied"] as const)
        .filter((status) => status !== team.status)
        .map(
          (status) =>
            html`<button type="button" class="quiet" @click=${() => this.decide(team, status)}>${status === "approved" ? "Approve" : "Deny"}<span class="visually-hidden"> ${team.name}</span></button> `,
        )}</td>
    </tr>`;
  }

  private async decide(team: Team, status: "approved" | "denied"): Promise<void> {
    const params = { path: { competition: this.competitionId, team: team.id } };
    try {
      await ask("patch", "/v1/competitions/{competition}/teams/{team}", { params, body: { status } });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.refusal = error;
      return;
    }
    this.refusal = undefined;
    this.told = status === "approved" ? `${team.name} may submit.` : `${team.name} may submit no more.`;
    this.read.reload();
  }
}
