// Listens from the start; everything else on the page is declared in its markup.
import { comet } from "./comet/comet.js";

comet.call("listen");
