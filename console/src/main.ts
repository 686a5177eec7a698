import { begin } from "./words/words";
import "./views/console";

begin();
