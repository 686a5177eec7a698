import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { ask } from "../../api/client";
import { current } from "../../api/session";
import type { Organization, OrganizationMember } from "../../api/shapes";
import { apart } from "../../table/address";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import { LightElement } from "../light";
import { Doing } from "../manage/doing";
import { Gathered } from "../manage/gathered";
import { person } from "../people/named";
import { when } from "../when";

type Deed = readonly [words: string, verb: () => Promise<string>];

/** Who is in an organization, as far as one may see it, and what one may do about each. */
@customElement("agon-organization-members")
export class AgonOrganizationMembers extends LightElement {
  @property({ attribute: false }) organization!: Organization;
  @property({ attribute: false }) changed: () => void = () => undefined;
  private readonly keeper = apart();
  private readonly doing = new Doing(this);
  private readonly list = new Gathered<OrganizationMember>(
    this,
    () => this.organization.id,
    async (cursor) => {
      const params = { path: this.which, query: { cursor } };
      const { members, next } = await ask("get", "/v1/organizations/{organization}/members", { params });
      return { rows: members, next };
    },
  );

  private get which() {
    return { organization: this.organization.id };
  }

  protected override render(): TemplateResult {
    const { list } = this;
    return html`<section class="admin-part" aria-labelledby="members-title">
      <h2 id="members-title">${t("organization.members")}</h2>
      ${this.organization.my_role ? this.doing.outcome() : nothing}
      <agon-table .name=${t("organization.members")} .keeper=${this.keeper} .rows=${list.rows} .total=${list.total} .problem=${list.problem} .again=${list.reload}
        .keyOf=${({ user }: OrganizationMember) => user} .columns=${this.columns()} @more=${list.more} @all=${list.all}></agon-table>
    </section>`;
  }

  private columns(): Column<OrganizationMember>[] {
    const shown: Column<OrganizationMember>[] = [
      { key: "name", title: t("admin.name"), kind: "heading", value: ({ username }) => username, cell: ({ username }) => person(username) },
      { key: "role", title: t("organization.role"), filters: true, value: ({ role }) => t(`organization.${role}`) },
      { key: "since", title: t("admin.since"), sorts: "desc", value: (row) => row.joined_at, cell: (row) => when(row.joined_at) },
    ]; // prettier-ignore
    if (!this.organization.my_role) return shown;
    return [...shown, { key: "do", title: t("asked.do"), sorts: false, value: () => "", cell: (one) => this.deeds(one) }];
  }

  private deeds(one: OrganizationMember): TemplateResult {
    const isMe = one.username.toLowerCase() === current()?.username.toLowerCase();
    const deeds = isMe ? this.ofMe(one) : this.ofOther(one);
    return html`${deeds.map(([words, verb]) => this.doing.button(words, () => void this.act(verb), "quiet", one.username))}`;
  }

  private ofMe(one: OrganizationMember): Deed[] {
    const appear = async (): Promise<string> => {
      await this.change(one, { shown: !one.shown });
      return one.shown ? t("organization.is_hidden") : t("organization.is_shown");
    };
    const leave = async (): Promise<string> => {
      await this.take(one);
      return t("organization.left");
    };
    const showing: Deed = [one.shown ? t("organization.hide") : t("organization.show"), appear];
    return one.role === "owner" ? [showing] : [showing, [t("organization.leave"), leave]];
  }

  private ofOther(one: OrganizationMember): Deed[] {
    const mine = this.organization.my_role;
    if (one.role === "owner" || mine === "member") return [];
    const other = one.role === "manager" ? "member" : "manager";
    const name = one.username;
    const change = async (): Promise<string> => {
      await this.change(one, { role: other });
      return t("organization.changed", { name, role: t(`organization.${other}`) });
    };
    const offer = async (): Promise<string> => {
      const body = { username: name };
      await ask("post", "/v1/organizations/{organization}/owner", { params: { path: this.which }, body });
      return t("organization.offered", { name });
    };
    const remove = async (): Promise<string> => {
      await this.take(one);
      return t("organization.removed", { name });
    };
    const removing: Deed = [t("organization.take_out"), remove];
    if (mine === "manager") return one.role === "member" ? [removing] : [];
    return [[t(`organization.make_${other}`), change], [t("organization.offer"), offer], removing];
  }

  private change({ user }: OrganizationMember, body: { shown?: boolean; role?: "manager" | "member" }): Promise<unknown> {
    const params = { path: { ...this.which, user } };
    return ask("patch", "/v1/organizations/{organization}/members/{user}", { params, body });
  }

  private take({ user }: OrganizationMember): Promise<unknown> {
    const params = { path: { ...this.which, user } };
    return ask("delete", "/v1/organizations/{organization}/members/{user}", { params });
  }

  private async act(verb: () => Promise<string>): Promise<void> {
    if (!(await this.doing.act(verb))) return;
    this.list.reload();
    this.changed();
  }
}
