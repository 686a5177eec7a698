import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { NewToken, OwnToken } from "../../api/shapes";
import { copy } from "../../clipboard";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import { Doing } from "../manage/doing";
import { PageElement } from "../page-element";
import { until, when } from "../when";
import "./second-step";
import "./sessions";

/** One's tokens for scripts and the command line, with when and from where each was used last, and all sign-ins. */
@customElement("agon-account-tokens")
export class AgonAccountTokens extends PageElement {
  @state() private made?: NewToken;
  private readonly doing = new Doing(this);
  private readonly list = new Resource(this, () => reading("/v1/tokens"));

  protected override render(): TemplateResult {
    return html`<section class="admin-part">
        <h2>${t("account.tokens")}</h2>
        <p class="soft">${t("account.about_tokens")}</p>
        ${this.shownOnce()} ${this.doing.outcome()}
        <agon-table .name=${t("account.tokens")} .rows=${this.list.value?.tokens} .problem=${this.list.problem} .again=${this.list.reload}
          .keyOf=${({ id }: OwnToken) => id} .columns=${this.columns()}></agon-table>
        <h3>${t("account.new_token")}</h3>
        <agon-form operation="tokens_create" .changes=${{ name: { hint: t("account.hint_token") } }} .action=${t("account.make_token")}
          @submit=${({ detail: { body, until } }: Submitted<"tokens_create">) => until(ask("post", "/v1/tokens", { body }))} @sent=${this.onMade}></agon-form>
      </section>
      <agon-second-step></agon-second-step>
      <agon-account-sessions></agon-account-sessions>`;
  }

  private readonly onMade = ({ detail }: CustomEvent<NewToken>): void => {
    this.made = detail;
    this.list.reload();
  };

  private shownOnce(): TemplateResult | typeof nothing {
    if (!this.made) return nothing;
    const { name, token } = this.made;
    return html`<div class="form-draft token-once" role="status">
      <p>${t("account.once", { name })}</p>
      <code class="key-text">${token}</code>
      ${this.doing.button(t("account.copy"), () => void this.copy(token), "quiet")}
    </div>`;
  }

  private async copy(token: string): Promise<void> {
    await this.doing.act(async () => {
      await copy(token);
      return t("shell.copied");
    });
  }

  private columns(): Column<OwnToken>[] {
    return [
      { key: "name", title: t("account.token"), kind: "heading", value: ({ name }) => name },
      { key: "last", title: t("account.last_used"), sorts: "desc", value: (row) => row.last_used_at, cell: (row) => (row.last_used_at ? when(row.last_used_at) : t("account.never")) },
      { key: "from", title: t("account.from"), value: (row) => row.last_used_from, cell: (row) => row.last_used_from ?? "–" },
      { key: "made", title: t("account.made"), sorts: "desc", value: (row) => row.created_at, cell: (row) => when(row.created_at) },
      { key: "until", title: t("account.until"), value: (row) => row.expires_at, cell: (row) => until(row.expires_at) },
      { key: "revoke", title: t("admin.do"), sorts: false, value: () => null, cell: ({ id, name }) => this.doing.button(t("account.revoke"), () => void this.revoke(id, name), "quiet", name) },
    ]; // prettier-ignore
  }

  private async revoke(token: string, name: string): Promise<void> {
    await this.doing.act(async () => {
      await ask("delete", "/v1/tokens/{token}", { params: { path: { token } } });
      return t("account.revoked", { name });
    });
    this.list.reload();
  }
}
