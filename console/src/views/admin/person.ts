import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { KnownAccount } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import { toPerson } from "../../links";
import { go } from "../../router";
import { entitle } from "../../titles";
import { t } from "../../words/words";
import { departure, mayDepart } from "../departure";
import { Doing } from "../manage/doing";
import { Gathered } from "../manage/gathered";
import { PageElement } from "../page-element";
import { loading, trouble } from "../states";
import * as sketch from "../sketch";
import { stored } from "../storage-parts";
import { when } from "../when";

/** One account, as an administrator sees it: whether it is banned, what it stores, and how it would end. */
@customElement("agon-admin-person")
export class AgonAdminPerson extends PageElement {
  private readonly doing = new Doing(this);
  // To ask for an account is a POST, as what one asks by may be an address.
  private readonly known = new Gathered<KnownAccount>(
    this,
    () => this.username,
    async () => ({ rows: [await ask("post", "/v1/site/accounts", { body: { username: this.username } })], next: null }),
  );
  private readonly storage = new Resource(this, () =>
    reading("/v1/site/accounts/{username}/storage", { params: this.which }),
  );
  private readonly removal = new Resource(this, () =>
    reading("/v1/site/accounts/{username}/removal", { params: this.which }),
  );
  private readonly merger = new Resource(this, () => {
    const into = this.query("into");
    return into ? reading("/v1/site/accounts/{username}/merger", { params: { ...this.which, query: { into } } }) : undefined;
  });

  private get username(): string {
    return this.param("username");
  }

  private get which() {
    return { path: { username: this.username } };
  }

  protected override render(): TemplateResult {
    entitle(this.username, t("admin.title"));
    const [account] = this.known.rows ?? [];
    if (!account)
      return this.known.problem
        ? trouble(this.known.problem, this.known.reload, 2)
        : loading(t("admin.account"), sketch.lead, sketch.facts(4), sketch.form(3));
    return html`<h2 class="admin-name">${account.username}</h2>
      <p class="soft">${t("admin.id")} <code>${account.id}</code></p>
      ${this.banning(account)} ${this.stepping()} ${this.storing()} ${this.merging()} ${this.removing()}`;
  }

  private banning({ ban }: KnownAccount): TemplateResult {
    return html`<section class="admin-part" aria-labelledby="ban-title">
      <h3 id="ban-title">${t("admin.access")}</h3>
      ${
        ban
          ? html`<p>${t("admin.banned_by", { by: ban.by })} ${when(ban.at)}. ${ban.reason}</p>
              <agon-form operation="bans_ban" .name="${this.username} restore" .action=${t("admin.restore")} @submit=${this.onRestore} @sent=${this.known.reload}></agon-form>`
          : html`<p class="soft">${t("admin.about_ban")}</p>
              <agon-form operation="bans_ban" .name="${this.username} ban" .action=${t("admin.ban")} @submit=${this.onBan} @sent=${this.known.reload}></agon-form>`
      }
    </section>`;
  }

  private readonly onBan = ({ detail: { body, until } }: Submitted<"bans_ban">): void =>
    until(ask("post", "/v1/site/accounts/{username}/ban", { params: this.which, body }));

  private readonly onRestore = ({ detail: { body, until } }: Submitted<"bans_ban">): void =>
    until(ask("delete", "/v1/site/accounts/{username}/ban", { params: { ...this.which, query: { reason: body.reason } } }));

  private stepping(): TemplateResult {
    return html`<section class="admin-part" aria-labelledby="second-title">
      <h3 id="second-title">${t("second.title")}</h3>
      <p class="soft">${t("second.about_off_for")}</p>
      ${this.doing.outcome()}
      <p>${this.doing.button(t("second.off_for"), () => void this.stepOff(), "quiet")}</p>
    </section>`;
  }

  private async stepOff(): Promise<void> {
    await this.doing.act(async () => {
      await ask("delete", "/v1/site/accounts/{username}/second-step", { params: this.which });
      return t("second.is_off_for", { name: this.username });
    });
  }

  private storing(): TemplateResult {
    const { value, problem } = this.storage;
    return html`<section class="admin-part" aria-labelledby="storage-title">
      <h3 id="storage-title">${t("storage.title")}</h3>
      ${
        value
          ? html`${stored(value)}
              <agon-form operation="storage_set_account_quota" .name=${this.username} .values=${{ quota_bytes: value.own_quota ? value.quota_bytes : null }} .action=${t("storage.set")}
                @submit=${this.onQuota} @sent=${this.storage.reload}></agon-form>`
          : problem
            ? trouble(problem, this.storage.reload, 2)
            : loading(t("storage.title"), sketch.facts(3))
      }
    </section>`;
  }

  private readonly onQuota = ({ detail: { body, until } }: Submitted<"storage_set_account_quota">): void =>
    until(ask("patch", "/v1/site/accounts/{username}/storage", { params: this.which, body }));

  private merging(): TemplateResult {
    const into = this.query("into");
    const { value, problem } = this.merger;
    return html`<section class="admin-part" aria-labelledby="merger-title">
      <h3 id="merger-title">${t("admin.merge")}</h3>
      <p class="soft">${t("admin.about_merge")}</p>
      <form class="invite" @submit=${this.onInto}>
        <label>${t("admin.into")} <input name="into" required maxlength="40" .value=${into ?? ""} autocapitalize="none" autocomplete="off" /></label>
        <button class="quiet">${t("admin.preview")}</button>
      </form>
      ${problem ? html`<p class="form-problem" role="alert">${problem.detail}</p>` : nothing}
      ${value ? departure(value) : nothing}
      ${
        value && into && mayDepart(value)
          ? html`<agon-form operation="removals_merge" .name="${this.username} ${into}" .only=${["reason"]} .action=${t("admin.merge_into", { into })}
              @submit=${({ detail: { body, until } }: Submitted<"removals_merge">) => until(ask("post", "/v1/site/accounts/{username}/merger", { params: this.which, body: { ...body, into } }))} @sent=${this.merger.reload}></agon-form>`
          : nothing
      }
    </section>`;
  }

  private readonly onInto = (event: SubmitEvent): void => {
    event.preventDefault();
    const into = new FormData(event.target as HTMLFormElement).get("into");
    if (typeof into === "string") go(toPerson(this.username, into.trim()), "replace");
  };

  private removing(): TemplateResult {
    const { value, problem } = this.removal;
    return html`<section class="admin-part danger" aria-labelledby="removal-title">
      <h3 id="removal-title">${t("admin.remove")}</h3>
      ${value ? departure(value) : problem ? trouble(problem, this.removal.reload, 2) : loading(t("admin.remove"), sketch.prose(1))}
      ${
        value && mayDepart(value)
          ? html`<agon-form operation="removals_remove_for" .name=${this.username} .action=${t("admin.remove")} @submit=${this.onRemove} @sent=${this.removal.reload}></agon-form>`
          : nothing
      }
    </section>`;
  }

  private readonly onRemove = ({ detail: { body, until } }: Submitted<"removals_remove_for">): void =>
    until(ask("post", "/v1/site/accounts/{username}/removal", { params: this.which, body }));
}
