import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { QueueInFull, Runner, Token } from "../../api/shapes";
import { copy } from "../../clipboard";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import { size } from "../../format";
import { toCompetition, toQueues } from "../../links";
import { go } from "../../router";
import { apart } from "../../table/address";
import type { Column } from "../../table/columns";
import "../../table/table";
import { entitle } from "../../titles";
import { list, t } from "../../words/words";
import { Doing } from "../manage/doing";
import { PageElement } from "../page-element";
import { empty, loading, trouble } from "../states";
import * as sketch from "../sketch";
import { until, when } from "../when";
import "./registry";

const REFRESH_SECONDS = 15;

/** A queue: what waits on it, its runners' health, tokens, and the command by which another machine serves it. */
@customElement("agon-queue")
export class AgonQueue extends PageElement {
  /** A token is told once, so it is shown until one leaves. */
  @state() private token = "";
  private readonly doing = new Doing(this);
  private readonly keepers = { runners: apart(), tokens: apart() };
  private readonly read = new Resource(this, () => reading("/v1/queues/{queue}", { params: this.which }), REFRESH_SECONDS);
  private readonly tokens = new Resource(this, () => reading("/v1/queues/{queue}/tokens", { params: this.which }));

  /** Of one queue nothing is told on the page of another. */
  private of = "";

  protected override willUpdate(): void {
    if (this.of === this.param("queue")) return;
    this.of = this.param("queue");
    this.token = "";
    this.doing.forget();
  }

  private get which() {
    return { path: { queue: this.param("queue") } };
  }

  protected override render(): TemplateResult {
    const { value: found, problem } = this.read;
    if (!found)
      return problem
        ? trouble(problem, this.read.reload)
        : loading(t("queues.it"), sketch.lead, sketch.facts(5), sketch.title, sketch.table(1), sketch.title, sketch.form(2));
    entitle(found.queue.name);
    return html`<header class="lead">
        <h1>${found.queue.name}</h1>
        <p>${found.queue.description}</p>
        ${facts(found)}
        <p><a href=${toQueues()}>${t("queues.back")}</a></p>
      </header>
      <div class="managed alone managed-page">
        ${this.doing.outcome()} ${found.runners_alive === 0 && found.depth > 0 ? html`<p class="form-problem" role="alert">${t("queues.nobody_serves")}</p>` : nothing}
        ${this.runners(found)} ${this.attach()} ${this.tokenList()} <agon-registry .queue=${found.queue.id}></agon-registry> ${this.settings(found)}
      </div>`;
  }

  private runners({ runners, waiting }: QueueInFull): TemplateResult {
    return html`<section aria-labelledby="runners-title">
      <h2 id="runners-title">${t("queues.runners")}</h2>
      <agon-table .name=${t("queues.runners")} .rows=${runners} .keeper=${this.keepers.runners} .keyOf=${({ name }: Runner) => name} .columns=${runnerColumns()} .empty=${empty(t("queues.no_runner"), t("queues.about_no_runner"))}></agon-table>
      ${runners.filter(({ advice }) => advice).map(({ name, advice }) => html`<p class="form-problem" role="status"><strong>${name}</strong>: ${advice}</p>`)}
      ${
        waiting.length > 0
          ? html`<h3>${t("queues.waiting")}</h3><ul>${waiting.map(({ competition, submissions }) => html`<li><a href=${toCompetition(competition)}>${competition}</a>: ${submissions}</li>`)}</ul>`
          : nothing
      }
    </section>`;
  }

  /** The command, with this site's address and the token that was just made. */
  private attach(): TemplateResult {
    const send = ({ detail: { body, until } }: Submitted<"queues_create">): void =>
      until(ask("post", "/v1/queues/{queue}/tokens", { params: this.which, body }));
    const done = ({ detail }: CustomEvent<{ token: string }>): void => {
      this.token = detail.token;
      this.tokens.reload();
    };
    return html`<section class="manage-part" aria-labelledby="attach-title">
      <h2 id="attach-title">${t("queues.attach")}</h2>
      <p class="soft">${t("queues.about_attach")}</p>
      <agon-form operation="queues_create" .name=${this.param("queue")} .action=${t("queues.make_token")} @submit=${send} @sent=${done}></agon-form>
      ${
        this.token
          ? html`<div class="secret">
              <p role="status">${t("queues.token_once")}</p>
              <pre tabindex="0" role="group" aria-label=${t("queues.command")}>${command(this.token)}</pre>
              <p>${this.doing.button(t("queues.copy"), () => void this.copy(), "quiet")}</p>
            </div>`
          : nothing
      }
    </section>`;
  }

  private async copy(): Promise<void> {
    await this.doing.act(async () => {
      await copy(command(this.token));
      return t("shell.copied");
    });
  }

  private tokenList(): TemplateResult {
    const { value, problem, reload } = this.tokens;
    const revoke =
      ({ id, name }: Token) =>
      async (): Promise<void> => {
        await this.doing.act(async () => {
          await ask("delete", "/v1/queues/{queue}/tokens/{token}", { params: { path: { ...this.which.path, token: id } } });
          return t("queues.revoked", { name });
        });
        reload();
      };
    const columns: Column<Token>[] = [
      { key: "name", title: t("queues.name"), kind: "heading", value: ({ name }) => name },
      { key: "at", title: t("queues.at"), value: ({ created_at: at }) => at, cell: ({ created_at: at }) => when(at) },
      { key: "until", title: t("queues.until"), value: ({ expires_at: at }) => at, cell: ({ expires_at: at }) => until(at) },
      { key: "do", title: t("queues.do"), sorts: false, value: () => "", cell: (token) => this.doing.button(t("queues.revoke"), () => void revoke(token)(), "quiet", token.name) },
    ]; // prettier-ignore
    return html`<section class="manage-part" aria-labelledby="tokens-title">
      <h2 id="tokens-title">${t("queues.tokens")}</h2>
      <agon-table .name=${t("queues.tokens")} .rows=${value?.tokens} .problem=${problem} .again=${reload} .expected=${2} .keeper=${this.keepers.tokens}
        .keyOf=${({ id }: Token) => id} .columns=${columns} .empty=${empty(t("queues.no_token"), t("queues.about_no_token"))}></agon-table>
    </section>`;
  }

  private settings({ queue, shared_with: shared }: QueueInFull): TemplateResult {
    const send = ({ detail: { body, until } }: Submitted<"queues_change">): void =>
      until(ask("patch", "/v1/queues/{queue}", { params: this.which, body }));
    return html`<section class="manage-part" aria-labelledby="settings-title">
      <h2 id="settings-title">${t("queues.settings")}</h2>
      <agon-form operation="queues_change" .name=${queue.id} .values=${{ ...queue, shared_with: shared }} @submit=${send} @sent=${this.read.reload}></agon-form>
      <p class="actions">${this.doing.button(t("queues.remove"), () => void this.disconnect(), "quiet")} <span class="soft">${t("queues.about_remove")}</span></p>
    </section>`;
  }

  private async disconnect(): Promise<void> {
    const isGone = await this.doing.act(async () => {
      await ask("delete", "/v1/queues/{queue}", { params: this.which });
      return "";
    });
    if (isGone) go(toQueues(), "replace");
  }
}

function command(token: string): string {
  return `export AGON_API=${location.origin}/api AGON_RUNNER_TOKEN=${token}\nagon-runner check\nagon-runner run`;
}

function facts({ queue, depth, oldest_at: oldest, runners_alive: alive }: QueueInFull): TemplateResult {
  return html`<dl class="facts">
    <div><dt>${t("queues.depth")}</dt><dd>${depth}</dd></div>
    ${oldest ? html`<div><dt>${t("queues.oldest")}</dt><dd>${when(oldest)}</dd></div>` : nothing}
    <div><dt>${t("queues.alive")}</dt><dd>${alive}</dd></div>
    <div><dt>${t("queues.visibility")}</dt><dd>${t(`queues.is_${queue.visibility}`)}</dd></div>
    <div><dt>${t("queues.id")}</dt><dd><code>${queue.id}</code></dd></div>
  </dl>`;
}

function runnerColumns(): Column<Runner>[] {
  return [
    { key: "name", title: t("queues.name"), kind: "heading", value: ({ name }) => name },
    { key: "alive", title: t("queues.health"), value: (one) => list(healthOf(one).map(([word]) => word)), cell: (one) => healthOf(one).map(([word, look]) => html`<span class="chip ${look}">${word}</span> `) },
    { key: "seen", title: t("queues.seen"), value: (one) => one.last_seen_at, cell: (one) => when(one.last_seen_at) },
    { key: "slots", title: t("queues.slots"), kind: "number", value: ({ jobs, slots }) => slots - jobs.length, cell: ({ jobs, slots }) => t("queues.busy", { busy: jobs.length, slots }) },
    { key: "has", title: t("queues.has"), value: hasOf },
    { key: "version", title: t("queues.version"), isExtra: true, value: ({ version }) => version },
  ]; // prettier-ignore
}

/** What is to be said of a runner's health, and how that looks. One that was refused is not heard of, for a reason: so that is all. */
function healthOf({ alive, advice }: Runner): [string, string][] {
  const old: [string, string][] = advice ? [[t("queues.is_outdated"), "trouble-chip"]] : [];
  if (alive) return [[t("queues.is_alive"), "open"], ...old];
  return advice ? old : [[t("queues.is_lost"), "trouble-chip"]];
}

function hasOf({ capabilities: { cpus, memory_bytes: memory, labels }, gpus }: Runner): string {
  return list([t("queues.cpus", { number: cpus }), size(memory), ...gpus, ...labels]);
}
