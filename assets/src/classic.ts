import { comet, CometError } from "./index.js";

/** For pages whose scripts are no modules: the client as globals. */
Object.assign(globalThis, { comet, CometError });
