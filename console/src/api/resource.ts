/** One read that a view depends on: loaded when its path changes, and read again while the page is looked at. */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { get, Problem } from "./client";

export class Resource<T> implements ReactiveController {
  value?: T;
  /** Why the last read failed. Beside a `value`: that value is old. */
  problem?: Problem;
  checkedAt?: Date;
  private path?: string;
  private etag: string | null = null;
  private reading?: AbortController;
  private timer?: number;

  /** `path` undefined: nothing to read yet. `everySeconds`: read again so often while the page is visible; undefined: no more. */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly wanted: () => string | undefined,
    private readonly everySeconds?: number | (() => number | undefined),
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener("visibilitychange", this.onVisibility);
    this.path = undefined;
  }

  hostDisconnected(): void {
    document.removeEventListener("visibilitychange", this.onVisibility);
    this.stop();
  }

  hostUpdate(): void {
    const path = this.wanted();
    if (path === this.path) return;
    this.path = path;
    this.value = this.problem = this.checkedAt = undefined;
    this.etag = null;
    this.reload();
  }

  readonly reload = (): void => {
    this.stop();
    if (this.path !== undefined) void this.read(this.path);
  };

  private async read(path: string): Promise<void> {
    const reading = (this.reading = new AbortController());
    try {
      const answer = await get<T>(path, reading.signal, this.etag);
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
