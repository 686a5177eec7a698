import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { Announcement, GuestList, Invitation, Notification, Offer } from "../../api/shapes";
import { toCompetition, toInbox, toJoin, toThread } from "../../links";
import { rich, t } from "../../words/words";
import { Doing } from "../manage/doing";
import { closing } from "../decisive";
import { announcement } from "../news/announcement";
import { PageElement } from "../page-element";
import { empty, loading, trouble } from "../states";
import * as sketch from "../sketch";
import { when } from "../when";

/** What one is told of: announcements, what one is asked into, and posts. */
@customElement("agon-inbox")
export class AgonInbox extends PageElement {
  private readonly doing = new Doing(this);
  private readonly read = new Resource(this, () =>
    reading("/v1/me/inbox", { params: { query: { cursor: this.query("cursor") ?? undefined } } }),
  );
  private readonly announced = new Resource(this, () => reading("/v1/me/announcements"));
  private readonly asked = new Resource(this, () => reading("/v1/me/invitations"));
  private readonly guests = new Resource(this, () => reading("/v1/me/guest-lists"));
  private readonly offered = new Resource(this, () => reading("/v1/offers"));

  protected override render(): TemplateResult {
    const invitations = (this.asked.value?.invitations ?? []).filter(({ status }) => status === "open");
    const guests = this.guests.value?.guests ?? [];
    const offers = this.offered.value?.offers ?? [];
    const news = this.announced.value?.announcements ?? [];
    return html`<header class="lead"><h1>${t("inbox.title")}</h1></header>
      ${this.doing.outcome([])}
      ${
        invitations.length + guests.length + offers.length
          ? html`<section class="part" aria-labelledby="asked-title"><h2 id="asked-title">${t("inbox.invitations")}</h2>
            <ul class="handouts">${invitations.map((one) => this.invitation(one))}${offers.map((one) => this.offer(one))}${guests.map(guest)}</ul></section>`
          : nothing
      }
      ${
        news.length
          ? html`<section class="part" aria-labelledby="news-title"><h2 id="news-title">${t("inbox.announcements")}</h2>${news.map(told)}</section>`
          : nothing
      }
      <section class="part" aria-labelledby="posts-title"><h2 id="posts-title">${t("inbox.posts")}</h2>${this.posts()}</section>`;
  }

  private invitation({ id, to, name, by, expires_at }: Invitation): TemplateResult {
    const params = { path: { invitation: id } };
    const accept = async (): Promise<string> => {
      await ask("post", "/v1/me/invitations/{invitation}/accept", { params });
      this.asked.reload();
      return t("inbox.accepted");
    };
    const decline = async (): Promise<string> => {
      await ask("post", "/v1/me/invitations/{invitation}/decline", { params });
      this.asked.reload();
      return t("inbox.declined");
    };
    return html`<li>
      <span>${rich(`inbox.${to}`, { name: html`<b>${name}</b>`, by })} <span class="soft">${closing(expires_at)}</span></span>
      <span class="actions">
        ${this.doing.button(t("inbox.accept"), () => void this.doing.act(accept), "", name)}
        ${this.doing.button(t("inbox.decline"), () => void this.doing.act(decline), "quiet", name)}
      </span>
    </li>`;
  }

  private offer({ competition, title, role, by, reason }: Offer): TemplateResult {
    const accept = async (): Promise<string> => {
      const params = { path: { competition } };
      await ask("post", "/v1/competitions/{competition}/organizers/accept", { params, body: { role } });
      this.offered.reload();
      return t("inbox.accepted");
    };
    const decline = async (): Promise<string> => {
      const { id: user } = await ask("get", "/v1/me");
      const params = { path: { competition, user }, query: { offer: "true" as const } };
      await ask("delete", "/v1/competitions/{competition}/organizers/{user}", { params });
      this.offered.reload();
      return t("inbox.declined");
    };
    return html`<li>
      <span>${rich(`inbox.offer_${role}`, { name: html`<a href=${toCompetition(competition)}>${title}</a>`, by })} <span class="soft">${reason}</span></span>
      <span class="actions">
        ${this.doing.button(t("inbox.accept"), () => void this.doing.act(accept), "", title)}
        ${this.doing.button(t("inbox.decline"), () => void this.doing.act(decline), "quiet", title)}
      </span>
    </li>`;
  }

  private posts(): TemplateResult {
    const { value, problem } = this.read;
    if (!value) return problem ? trouble(problem, this.read.reload, 2) : loading(t("inbox.posts"), sketch.list(4));
    const [first] = value.notifications;
    if (!first) return empty(t("inbox.none"), t("inbox.follow"));
    const isUnread = value.notifications.some(({ read }) => !read);
    return html`${isUnread ? html`<p class="actions">${this.doing.button(t("inbox.read"), () => void this.doing.act(() => this.markRead(first.id)), "quiet")}</p>` : nothing}
      <ul class="handouts">${value.notifications.map(post)}</ul>
      ${value.next ? html`<nav class="pager" aria-label=${t("inbox.pages")}><span></span><a href=${toInbox(value.next)} rel="next">${t("inbox.older")}</a></nav>` : nothing}`;
  }

  private async markRead(until: string): Promise<string> {
    await ask("post", "/v1/me/inbox/read", { body: { through: until } });
    this.read.reload();
    return t("inbox.done");
  }
}

function guest({ competition, title, by, expires_at }: GuestList): TemplateResult {
  return html`<li>
    <span>${rich("inbox.guest", { name: html`<b>${title}</b>`, by })} <span class="soft">${closing(expires_at)}</span></span>
    <a class="button quiet" href=${toJoin(competition)}>${t("joining.join")} <span class="visually-hidden">${title}</span></a>
  </li>`;
}

function told(one: Announcement): TemplateResult {
  const { competition, competition_title: title } = one;
  return announcement(one, competition ? html`<a href=${toCompetition(competition)}>${title}</a> · ` : nothing);
}

function post({ why, competition, competition_title: where, thread, title, by, at, read }: Notification): TemplateResult {
  return html`<li class=${read ? "" : "unread"}>
    <span>${rich(`inbox.why_${why}`, { by: html`<b>${by}</b>`, thread: html`<a href=${toThread(competition, thread)}>${title}</a>` })}
      <span class="soft">${where} · ${when(at)}</span></span>
    ${read ? nothing : html`<span class="mark-word">${t("inbox.new")}</span>`}
  </li>`;
}
