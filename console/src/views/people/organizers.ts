import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { Organizer } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import { Doing } from "../manage/doing";
import { TabElement } from "../page-element";
import { when } from "../when";

/** Who runs the competition, in which role; and how it is handed over. */
@customElement("agon-organizers")
export class AgonOrganizers extends TabElement {
  private readonly doing = new Doing(this);
  private readonly read = new Resource(this, () =>
    reading("/v1/competitions/{competition}/organizers", { params: this.which }),
  );

  private get which() {
    return { path: { competition: this.competition.id } };
  }

  protected override render(): TemplateResult {
    const { value, problem, reload } = this.read;
    return html`<h2>${t("organizers.title")}</h2>
      <p class="soft manage-lead">${t("organizers.about")}</p>
      ${this.doing.outcome()}
      <agon-table .name=${t("organizers.title")} .rows=${value?.organizers} .problem=${problem} .again=${reload} .expected=${3}
        .keyOf=${(one: Organizer) => `${one.user} ${one.offered}`} .columns=${this.columns()}></agon-table>
      <div class="manage-part">
        <h3>${t("organizers.appoint")}</h3>
        <p class="soft">${t("organizers.about_appoint")}</p>
        <agon-form operation="organizers_appoint" .name=${this.competition.id} .action=${t("organizers.offer")} @submit=${this.onAppoint} @sent=${reload}></agon-form>
      </div>`;
  }

  private columns(): Column<Organizer>[] {
    return [
      { key: "name", title: t("organizers.name"), kind: "heading", value: ({ username }) => username },
      { key: "role", title: t("organizers.role"), value: roleOf },
      { key: "by", title: t("organizers.by"), value: ({ by }) => by, cell: ({ by }) => by ?? "–" },
      { key: "at", title: t("organizers.at"), value: ({ at }) => at, cell: ({ at }) => (at ? when(at) : "–") },
      { key: "do", title: t("organizers.do"), sorts: false, value: () => "", cell: (one) => this.deeds(one) },
    ];
  }

  private deeds(one: Organizer): TemplateResult {
    if (one.role === "owner" && !one.offered) return html`–`;
    const words = one.offered ? t("organizers.withdraw") : t("organizers.dismiss");
    return html`<button type="button" class="quiet" @click=${() => void this.dismiss(one)}>${words}<span class="visually-hidden"> ${one.username}</span></button>`;
  }

  private async dismiss({ user, username, offered }: Organizer): Promise<void> {
    const params = { path: { ...this.which.path, user }, query: { offer: offered ? ("true" as const) : undefined } };
    await this.doing.act(async () => {
      await ask("delete", "/v1/competitions/{competition}/organizers/{user}", { params });
      return t(offered ? "organizers.withdrawn" : "organizers.dismissed", { name: username });
    });
    this.read.reload();
  }

  private readonly onAppoint = ({ detail: { body, until } }: Submitted<"organizers_appoint">): void =>
    until(ask("post", "/v1/competitions/{competition}/organizers", { params: this.which, body }));
}

function roleOf({ role, offered }: Organizer): string {
  const is = role ? t(`organizers.${role}`) : "";
  return offered ? [is, t("organizers.offered", { role: t(`organizers.${offered}`) })].filter(Boolean).join(", ") : is;
}
