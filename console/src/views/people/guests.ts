import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask } from "../../api/client";
import type { Guest } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import type { Column } from "../../table/columns";
import "../../table/table";
import { list, t } from "../../words/words";
import { Doing } from "../manage/doing";
import { Gathered } from "../manage/gathered";
import { inBatches, told } from "../manage/several";
import { TabElement } from "../page-element";
import { empty } from "../states";
import { until, when } from "../when";

/** Who was invited by address, and the secret link that lets others see and join a draft. */
@customElement("agon-guests")
export class AgonGuests extends TabElement {
  private readonly doing = new Doing(this);
  /** The command that opens the draft by its link. The token in it is told once, so it is shown until one leaves. */
  @state() private link = "";
  private readonly list = new Gathered<Guest>(
    this,
    () => this.competition.id,
    async (cursor) => {
      const params = { ...this.which, query: { cursor } };
      const { guests, next } = await ask("get", "/v1/competitions/{competition}/guests", { params });
      return { rows: guests, next };
    },
  );

  private get which() {
    return { path: { competition: this.competition.id } };
  }

  protected override render(): TemplateResult {
    const { list: guests } = this;
    return html`<h2>${t("guests.title")}</h2>
      <p class="soft manage-lead">${t("guests.about")}</p>
      ${this.doing.outcome()}
      <agon-form operation="guests_invite" .name=${this.competition.id} .action=${t("guests.invite")} .changes=${{ addresses: { kind: "lines" as const, hint: t("guests.about_addresses") } }}
        @submit=${this.onInvite} @sent=${this.onInvited}></agon-form>
      <div class="manage-part">
        <h3>${t("guests.list")}</h3>
        <agon-table .name=${t("guests.list")} .rows=${guests.rows} .total=${guests.total} .problem=${guests.problem} .again=${guests.reload}
          .keyOf=${({ id }: Guest) => id} .columns=${columns()} .bulk=${this.bulk} .empty=${empty(t("guests.none"), t("guests.about_none"))} @more=${guests.more} @all=${guests.all}></agon-table>
      </div>
      ${this.secret()}`;
  }

  private readonly bulk = (rows: readonly Guest[]): TemplateResult =>
    html`${this.doing.button(t("guests.revoke"), () => void this.revoke(rows))}`;

  private async revoke(rows: readonly Guest[]): Promise<void> {
    const names = new Map(rows.map(({ id, address }) => [id, address]));
    await this.doing.act(async () => {
      const result = await inBatches([...names.keys()], (guests) =>
        ask("post", "/v1/competitions/{competition}/guests/revoke", { params: this.which, body: { guests } }),
      );
      return told(result, (id) => names.get(id) ?? id);
    });
    this.list.reload();
  }

  private readonly onInvite = ({ detail: { body, until } }: Submitted<"guests_invite">): void => {
    // They are typed as one text, as people have them.
    const addresses = String(body.addresses).split(/[\s,;]+/).filter(Boolean); // prettier-ignore
    until(ask("post", "/v1/competitions/{competition}/guests", { params: this.which, body: { ...body, addresses } }));
  };

  private readonly onInvited = ({ detail }: CustomEvent<{ guests: Guest[]; refused: Record<string, string> }>): void => {
    const refused = Object.entries(detail.refused).map(([address, reason]) => `${address}: ${reason}`);
    void this.doing.act(() =>
      Promise.resolve(
        [t("guests.invited", { count: detail.guests.length }), ...(refused.length ? [list(refused)] : [])].join(" "),
      ),
    );
    this.list.reload();
  };

  private secret(): TemplateResult {
    const { link_made_at: made, published } = this.competition;
    return html`<div class="manage-part">
      <h3>${t("guests.link")}</h3>
      <p class="soft">${published ? t("guests.link_public") : t("guests.about_link")}</p>
      ${made ? html`<p>${t("guests.link_made")} ${when(made)}</p>` : nothing}
      ${this.link ? html`<p class="secret"><code>${this.link}</code></p><p class="soft">${t("guests.link_once")}</p>` : nothing}
      <p class="actions">
        ${this.doing.button(made ? t("guests.renew_link") : t("guests.make_link"), () => void this.makeLink(), "quiet")}
        ${made ? this.doing.button(t("guests.revoke_link"), () => void this.revokeLink(), "quiet") : nothing}
      </p>
    </div>`;
  }

  private async makeLink(): Promise<void> {
    await this.doing.act(async () => {
      const { token } = await ask("post", "/v1/competitions/{competition}/link", { params: this.which });
      this.link = `agon join ${this.competition.slug} --link ${token}`;
      return t("guests.link_is_made");
    });
    this.changed();
  }

  private async revokeLink(): Promise<void> {
    await this.doing.act(async () => {
      await ask("delete", "/v1/competitions/{competition}/link", { params: this.which });
      this.link = "";
      return t("guests.link_revoked");
    });
    this.changed();
  }
}

function columns(): Column<Guest>[] {
  return [
    { key: "address", title: t("guests.address"), kind: "heading", value: ({ address }) => address },
    { key: "status", title: t("guests.status"), filters: true, value: ({ status }) => t(`guests.${status}`) },
    { key: "by", title: t("guests.by"), value: ({ invited_by: by }) => by },
    { key: "at", title: t("guests.at"), sorts: "desc", value: ({ invited_at: at }) => at, cell: ({ invited_at: at }) => when(at) },
    { key: "until", title: t("guests.until"), value: ({ expires_at: at }) => at, cell: ({ expires_at: at }) => until(at) },
    { key: "as", title: t("guests.as"), value: ({ accepted_by: name }) => name, cell: ({ accepted_by: name }) => name ?? "–" },
  ]; // prettier-ignore
}
