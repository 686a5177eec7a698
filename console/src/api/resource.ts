/** One read that a view depends on: had from the store, and read again while the page is looked at. */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { noteReader } from "./awaited";
import type { Reading } from "./client";
import type { Problem } from "./problem";
import { watch, type Watch } from "./store";

export class Resource<T> implements ReactiveController {
  protected watched?: Watch<T>;
  private key?: string;
  private timer?: number;

  /** `wanted` undefined: nothing to read yet. `everySeconds`: read again so often while the page is visible; undefined: no more. */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly wanted: () => Reading<T> | undefined,
    private readonly everySeconds?: number | (() => number | undefined),
  ) {
    host.addController(this);
  }

  get value(): T | undefined {
    return this.watched?.known.value;
  }

  /** Why the last read failed. Beside a `value`: that value is old. */
  get problem(): Problem | undefined {
    return this.watched?.known.problem;
  }

  get checkedAt(): Date | undefined {
    return this.watched?.known.checkedAt;
  }

  hostConnected(): void {
    document.addEventListener("visibilitychange", this.onVisibility);
    this.host.requestUpdate();
  }

  hostDisconnected(): void {
    document.removeEventListener("visibilitychange", this.onVisibility);
    this.leave();
  }

  hostUpdate(): void {
    const wish = this.wanted();
    if (wish?.key === this.key) return;
    this.leave();
    this.key = wish?.key;
    this.watched = wish && watch(wish, this.onChange);
    this.note();
    // What is known already comes after `willUpdate`: a view that makes something of it there is given another turn.
    if (this.value !== undefined) void this.host.updateComplete.then(() => this.host.requestUpdate());
    this.schedule();
  }

  readonly reload = (): void => this.watched?.reload();

  private leave(): void {
    this.watched?.leave();
    this.watched = this.key = undefined;
    window.clearTimeout(this.timer);
    this.note();
  }

  protected note(): void {
    noteReader(this, this.watched !== undefined && this.value === undefined && this.problem === undefined);
  }

  private readonly onChange = (): void => {
    this.note();
    this.host.requestUpdate();
    this.schedule();
  };

  private schedule(): void {
    window.clearTimeout(this.timer);
    const pause = this.pause();
    // What has failed is tried again by the store; who says when to read again also waits for what is not there yet.
    const isAwaited = typeof this.everySeconds === "function" && this.problem?.status === 404;
    if (pause === undefined || (this.problem && !isAwaited) || document.hidden) return;
    this.timer = window.setTimeout(this.reload, pause * 1000);
  }

  private pause(): number | undefined {
    return typeof this.everySeconds === "function" ? this.everySeconds() : this.everySeconds;
  }

  private readonly onVisibility = (): void => {
    if (document.hidden) window.clearTimeout(this.timer);
    else if (this.pause() !== undefined) this.reload();
  };
}

/** One whose page does not wait for it: what it brings stands last, and is not missed. */
export class Extra<T> extends Resource<T> {
  protected override note(): void {
    // Nobody is told.
  }
}

/** One that is shown when it was read for this view, and no former answer before: what is changed must be what is there. */
export class Current<T> extends Resource<T> {
  override get value(): T | undefined {
    return this.watched?.isCurrent ? super.value : undefined;
  }
}
