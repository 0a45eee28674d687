// What a page of Sijax's does: nothing in here knows of Comet.
const data = { csrf_token: document.querySelector("meta[name=csrf-token]").content };

Sijax.setRequestUri("sijax");

document.getElementById("greet").onsubmit = () => {
  Sijax.request("greet", [Sijax.getFormValues("#greet").name], { data });
  return false;
};

document.getElementById("wrong").onclick = () => Sijax.request("greet", [], { data });

document.getElementById("sign").onsubmit = () => {
  const { message } = Sijax.getFormValues("#sign");
  Sijax.request("sign", [document.getElementById("name").value, message], { data });
  return false;
};

document.getElementById("bake").onclick = () => sjxComet.request("bake", [12]);

sjxUpload.registerForm({ formId: "parcel", callback: "parcel_upload" });

// A page that has not loaded yet would go on loading for as long as the frame does.
addEventListener("load", () => setTimeout(() => sjxComet.request("watch")));
