/** A list that the API gives by pages, for a table that asks for more of it. */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { noteReader } from "../../api/awaited";
import { Problem } from "../../api/problem";

export interface Part<Row> {
  rows: readonly Row[];
  next: string | null;
}

interface Read<Row> extends Part<Row> {
  pages: number;
}

/** More calls than this are not made for one list, whatever is looked for in it. */
const MOST_PAGES = 200;
/** Pages may be short: so many rows are gathered at once, where there are. */
const ENOUGH = 50;

export class Gathered<Row> implements ReactiveController {
  /** Undefined until the first page is there. */
  rows?: readonly Row[];
  problem?: Problem;
  private key?: string;
  private next: string | null = null;
  private pages = 0;
  /** Counts the readings: what comes of a former one is thrown away. */
  private turn = 0;
  private isReading = false;

  /** `keyOf` says which list it is, undefined: none yet. `page` reads one page of it. */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly keyOf: () => string | undefined,
    private readonly page: (cursor: string | undefined) => Promise<Part<Row>>,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.key = undefined;
  }

  hostDisconnected(): void {
    noteReader(this, false);
  }

  hostUpdate(): void {
    const key = this.keyOf();
    if (key === this.key) return;
    this.key = key;
    this.rows = this.problem = undefined;
    [this.next, this.pages] = [null, 0];
    noteReader(this, key !== undefined);
    if (key !== undefined) void this.begin(1);
  }

  /** How many rows there are; of what goes on, nobody knows. */
  get total(): number {
    return this.next === null ? (this.rows?.length ?? 0) : Infinity;
  }

  /** Reads anew as much as is shown, which stays until then, and for good where that fails. */
  readonly reload = (): void => void this.begin(this.pages || 1);
  /** Reads another beginning, as of what is looked for now; what is shown stays until then. */
  readonly renew = (): void => void this.begin(1);
  readonly more = (): void => {
    if (!this.isReading && this.next !== null) void this.gather(this.pages + 1, this.turn, this.shown);
  };
  readonly all = (): void => {
    if (this.next !== null) void this.gather(MOST_PAGES, ++this.turn, this.shown);
  };

  private begin(upTo: number): Promise<void> {
    return this.gather(upTo, ++this.turn, { rows: [], next: null, pages: 0 });
  }

  private get shown(): Read<Row> {
    return { rows: this.rows ?? [], next: this.next, pages: this.pages };
  }

  /** Goes on from what was `read`, until that are so many pages. */
  private async gather(upTo: number, turn: number, read: Read<Row>): Promise<void> {
    this.isReading = true;
    let { rows, next: cursor, pages } = read;
    try {
      do {
        const part = await this.page(cursor ?? undefined);
        if (turn !== this.turn) return;
        rows = [...rows, ...part.rows];
        cursor = part.next;
        pages += 1;
      } while (cursor !== null && pages < MOST_PAGES && (pages < upTo || rows.length < ENOUGH));
      [this.rows, this.next, this.pages, this.problem] = [rows, cursor, pages, undefined];
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (turn === this.turn) this.problem = error;
    } finally {
      if (turn === this.turn) {
        this.isReading = false;
        noteReader(this, false);
      }
      this.host.requestUpdate();
    }
  }
}
