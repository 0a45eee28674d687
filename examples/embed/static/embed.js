// Watches from the start.
import { comet } from "./comet/comet.js";

comet.call("watch_kitchen");
