// In place of sijax.js, sijax_comet.js and sijax_upload.js: the same functions and the same requests, without jQuery.
// Commands are applied by Comet's client.
import { comet } from "./comet/comet.js";

const token = document.querySelector("meta[name=csrf-token]")?.content;

/** Two fields make a form a call, and a third says that it is this page's. */
function prepare(form, name, args) {
  const fields = { sijax_rq: name, sijax_args: JSON.stringify(args), csrf_token: token };
  for (const [name, value] of Object.entries(fields)) {
    const input = form.querySelector(`input[name=${name}]`) ?? form.appendChild(document.createElement("input"));
    Object.assign(input, { type: "hidden", name, value: value ?? "" });
  }
  form.method = "post";
}

/** A hidden frame for a form to post into. */
function frame(name) {
  const frame = document.createElement("iframe");
  Object.assign(frame, { name, hidden: true });
  return frame;
}

window.Sijax = {
  uri: location.pathname,
  setRequestUri: (uri) => (Sijax.uri = uri),
  getRequestUri: () => Sijax.uri,
  processCommands: (commands) => comet.apply(commands),
  getFormValues: (selector) => comet.formValues(selector),

  async request(name, args = [], { data = {} } = {}) {
    const body = new URLSearchParams({ ...data, sijax_rq: name, sijax_args: JSON.stringify(args) });
    const headers = { "x-requested-with": "XMLHttpRequest" };
    const reply = await fetch(Sijax.uri, { method: "POST", headers, body });
    if (reply.ok) await Sijax.processCommands(await reply.json());
  },
};

let calls = 0;

window.sjxComet = {
  request(name, args = []) {
    const target = frame(`comet-${name}-${(calls += 1)}`);
    const form = Object.assign(document.createElement("form"), { action: Sijax.uri, target: target.name, hidden: true });
    prepare(form, name, args);
    document.body.append(target, form);
    form.submit();
    // The empty document that a frame begins with has its own event, before the call's is there.
    target.addEventListener("load", () => {
      if (target.contentWindow.location.href === "about:blank") return;
      target.remove();
      form.remove();
    });
  },
};

window.sjxUpload = {
  registerForm({ formId, callback }) {
    const form = document.getElementById(formId);
    const target = frame(`upload-${formId}`);
    form.after(target);
    Object.assign(form, { action: Sijax.uri, target: target.name, enctype: "multipart/form-data" });
    prepare(form, callback, [formId]);
  },
  resetForm: (formId) => document.getElementById(formId).reset(),
};

comet.register("sjxUpload.resetForm", sjxUpload.resetForm);
