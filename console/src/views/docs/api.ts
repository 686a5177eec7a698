import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { reading } from "../../api/client";
import { Resource } from "../../api/resource";
import { toApi } from "../../links";
import {
  byTag,
  curl,
  operationsOf,
  python,
  type ApiDocument,
  type Operation,
  type Saying,
  type Value,
} from "../../reference";
import { go } from "../../router";
import { language, look, t, unbroken } from "../../words/words";
import { PageElement } from "../page-element";
import { loading, trouble } from "../states";
import * as sketch from "../sketch";

/** The API's documentation, drawn from the document that the API gives of itself. */
@customElement("agon-docs-api")
export class AgonDocsApi extends PageElement {
  private readonly read = new Resource(this, () => reading("/v1/openapi.json"));
  private from?: readonly [ApiDocument, Saying];
  private operations: readonly Operation[] = [];
  private spoken = "en";
  /** How the document's sentences are said; undefined until that is here. */
  @state() private say?: Saying = asItIs;

  protected override willUpdate(): void {
    if (this.spoken === language()) return;
    this.spoken = language();
    this.say = undefined;
    void this.learn(this.spoken);
  }

  /** The words of a language. Offline, English is better than nothing. */
  private async learn(wanted: string): Promise<void> {
    const say = wanted === "fr" ? await import("../../words/fr/reference-document").then(inWords, () => asItIs) : asItIs;
    if (this.spoken === wanted) this.say = say;
  }

  protected override render(): TemplateResult {
    const { value, problem } = this.read;
    const { say } = this;
    if (!value || !say)
      return problem
        ? trouble(problem, this.read.reload)
        : loading(t("reference.it"), sketch.lead, sketch.form(1), sketch.list(8));
    this.speak(value as unknown as ApiDocument, say);
    const { version } = (value as unknown as ApiDocument).info;
    const found = byTag(this.operations, this.query("q") ?? "");
    const count = [...found.values()].reduce((sum, { length }) => sum + length, 0);
    return html`<header class="lead">
        <h1>${t("reference.title")}</h1>
        <p>${t("reference.about", { version })} <a href="/api/v1/openapi.json" download>${t("reference.file")}</a></p>
      </header>
      <form role="search" class="reference-search" @submit=${(event: Event) => event.preventDefault()}>
        <label>${t("reference.search")} <input type="search" .value=${this.query("q") ?? ""} @input=${this.onSearch} /></label>
        <span class="soft" role="status">${t("reference.found", { count })}</span>
      </form>
      <div class="reference">
        <nav aria-label=${t("reference.tags")}>
          ${[...found.keys()].map((tag) => html`<a href="#tag-${tag}">${titleOf(tag)}</a>`)}
        </nav>
        <div class="reference-body">
          ${count === 0 ? html`<p class="soft">${t("reference.none")}</p>` : nothing}
          ${[...found].map(([tag, operations]) => this.section(tag, operations))}
        </div>
      </div>`;
  }

  private speak(document: ApiDocument, say: Saying): void {
    if (this.from?.[0] === document && this.from[1] === say) return;
    [this.from, this.operations] = [[document, say], operationsOf(document, say)];
  }

  private readonly onSearch = ({ target }: Event): void =>
    go(toApi((target as HTMLInputElement).value, this.query("operation")), "replace");

  private section(tag: string, operations: readonly Operation[]): TemplateResult {
    return html`<section aria-labelledby="tag-${tag}">
      <h2 id="tag-${tag}" tabindex="-1">${titleOf(tag)}</h2>
      ${operations.map((one) => this.operation(one))}
    </section>`;
  }

  /** What is inside is drawn when it is opened: there are some three hundred of these. */
  private operation(one: Operation): TemplateResult {
    const isOpen = this.query("operation") === one.id;
    return html`<details class="operation" ?open=${isOpen} @toggle=${(event: Event) => this.onToggle(event, one)}>
      <summary><code class="method is-${one.method}">${one.method.toUpperCase()}</code> <code class="path">${one.path}</code> <span>${one.summary}</span></summary>
      ${isOpen ? inside(one) : nothing}
    </details>`;
  }

  private onToggle(event: Event, { id }: Operation): void {
    const { open } = event.target as HTMLDetailsElement;
    const shown = this.query("operation");
    if (open && shown !== id) go(toApi(this.query("q") ?? "", id), "replace");
    else if (!open && shown === id) go(toApi(this.query("q") ?? "", null), "replace");
  }
}

function asItIs(english: string): string {
  return english;
}

function inWords({ default: sentences }: { default: Readonly<Record<string, string>> }): Saying {
  return (english) => unbroken(sentences[english] ?? english);
}

function inside(one: Operation): TemplateResult {
  return html`<div class="operation-inside">
    <p class="soft">${one.isOpen ? t("reference.open") : t("reference.access", { who: who(one.access) })} <code>${one.id}</code></p>
    ${part(t("reference.parameters"), one.parameters)} ${part(t("reference.body"), one.body, one.aboutBody)}
    ${part(t("reference.answer"), one.answer, one.aboutAnswer)}
    <h3>${t("reference.statuses")}</h3>
    <ul class="plain-list">${one.statuses.map(({ status, about }) => html`<li><code>${status}</code> ${about}</li>`)}</ul>
    ${sample("curl", curl(one, location.origin))} ${one.access.includes("account") || one.isOpen ? sample("agon", python(one, location.origin)) : nothing}
  </div>`;
}

function sample(name: string, text: string): TemplateResult {
  return html`<h3>${name}</h3>
    <pre class="sample" tabindex="0" role="group" aria-label=${t("reference.sample", { name })}><code>${text}</code></pre>`;
}

/** A part of an operation: what is said of it as a whole, and each of its values. */
function part(title: string, values: readonly Value[], about: readonly string[] = []): TemplateResult | typeof nothing {
  if (values.length === 0 && about.length === 0) return nothing;
  return html`<h3>${title}</h3>
    ${about.map((one) => html`<p class="soft">${codes(one)}</p>`)} ${values.length > 0 ? table(title, values) : nothing}`;
}

/** A sentence whose signs of code are code. */
function codes(sentence: string): unknown[] {
  return sentence.split("`").map((one, at) => (at % 2 === 0 ? one : html`<code>${one}</code>`));
}

function table(title: string, values: readonly Value[]): TemplateResult {
  return html`<div class="table-frame" tabindex="0" role="group" aria-label=${title}><table class="reference-table">
      <thead><tr><th scope="col">${t("reference.name")}</th><th scope="col">${t("reference.type")}</th><th scope="col">${t("reference.what")}</th></tr></thead>
      <tbody>${values.map(
        ({ name, type, isRequired, bounds, about, where }) => html`<tr>
          <th scope="row"><code>${name}</code>${isRequired ? html` <span class="soft">${t("reference.required")}</span>` : nothing}</th>
          <td><code>${type}</code></td>
          <td>${[where && t(`reference.in_${where as "path"}`), about, bounds].filter(Boolean).join(" · ")}</td>
        </tr>`,
      )}</tbody>
    </table></div>`;
}

function titleOf(tag: string): string {
  return look(`tags.${tag}`) ?? tag.charAt(0).toUpperCase() + tag.slice(1).replaceAll("_", " ");
}

function who(access: string): string {
  return access.split(", ").map((one) => look(`reference.by_${one}`) ?? one).join(", "); // prettier-ignore
}
