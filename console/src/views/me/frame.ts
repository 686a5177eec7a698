import { customElement } from "lit/decorators.js";
import { SectionElement } from "../section";

/** The frame of one's own account. */
@customElement("agon-account")
export class AgonAccount extends SectionElement {
  protected readonly frame = "account";
  protected readonly heading = "account.title";
}
