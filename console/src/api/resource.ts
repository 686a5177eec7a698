/** One read that a view depends on: loaded when it becomes another, and read again while the page is looked at. */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Reading } from "./client";
import { Problem } from "./problem";

export class Resource<T> implements ReactiveController {
  value?: T;
  /** Why the last read failed. Beside a `value`: that value is old. */
  problem?: Problem;
  checkedAt?: Date;
  private wish?: Reading<T>;
  private etag: string | null = null;
  private reading?: AbortController;
  private timer?: number;

  /** `wanted` undefined: nothing to read yet. `everySeconds`: read again so often while the page is visible; undefined: no more. */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly wanted: () => Reading<T> | undefined,
    private readonly everySeconds?: number | (() => number | undefined),
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener("visibilitychange", this.onVisibility);
    this.wish = undefined;
  }

  hostDisconnected(): void {
    document.removeEventListener("visibilitychange", this.onVisibility);
    this.stop();
  }

  hostUpdate(): void {
    const wish = this.wanted();
    if (wish?.key === this.wish?.key) return;
    this.wish = wish;
    this.value = this.problem = this.checkedAt = undefined;
    this.etag = null;
    this.reload();
  }

  readonly reload = (): void => {
    this.stop();
    if (this.wish) void this.read(this.wish);
  };

  private async read(wish: Reading<T>): Promise<void> {
    const reading = (this.reading = new AbortController());
    try {
      const answer = await wish.read(reading.signal, this.etag);
      this.value = answer.value ?? this.value;
      this.etag = answer.etag;
      this.problem = undefined;
      this.checkedAt = new Date();
    } catch (error) {
      if (reading.signal.aborted) return;
      if (!(error instanceof Problem)) throw error;
      this.problem = error;
    }
    this.host.requestUpdate();
    this.schedule();
  }

  private schedule(): void {
    const pause = this.pause();
    if (pause === undefined || document.hidden) return;
    this.timer = window.setTimeout(this.reload, pause * 1000);
  }

  private pause(): number | undefined {
    return typeof this.everySeconds === "function" ? this.everySeconds() : this.everySeconds;
  }

  private stop(): void {
    this.reading?.abort();
    window.clearTimeout(this.timer);
  }

  private readonly onVisibility = (): void => {
    if (document.hidden) window.clearTimeout(this.timer);
    else if (this.pause() !== undefined) this.reload();
  };
}
