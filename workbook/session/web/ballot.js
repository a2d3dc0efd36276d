// Saves each answer as it is given. Without this script the button saves; with it both do.
"use strict";

const away = document.getElementById("away");
away.addEventListener("click", (event) => {
  event.preventDefault();
  // First nothing is to be seen any more, whatever the network does.
  document.documentElement.hidden = true;
  document.title = "";
  fetch("/away", { redirect: "manual", keepalive: true }).catch(() => {});
  // Not in the history: the Back button of whoever looks next doesn't come here.
  location.replace(away.dataset.away);
});

const enter = document.getElementById("enter");
const hash = location.hash.slice(1);
if (hash) history.replaceState(null, "", location.pathname + location.search);
if (enter && hash) {
  // The part after # never leaves the browser; it goes to the server in the body of a form.
  try { document.getElementById("code").value = decodeURIComponent(hash); } catch { /* not ours */ }
  enter.submit();
}

const again = document.getElementById("again");
if (again) {
  setInterval(async () => {
    try {
      const page = await (await fetch(again.href)).text();
      if (!page.includes('id="again"')) location.replace(again.href);
    } catch { /* no network just now */ }
  }, 5000);
}

const form = document.getElementById("ballot");
if (form) {
  const state = document.getElementById("state");
  const words = document.getElementById("words").dataset;
  const fresh = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");
  let busy = null;
  let more = false;
  // Only what was touched here: another window may have saved the rest since.
  const touched = new Set(["_xsrf", "round", "base"]);

  const send = async () => {
    const body = new URLSearchParams([...new FormData(form)].filter(([name]) => touched.has(name)));
    body.set("request", fresh());
    for (let wait = 500; ; wait = Math.min(wait * 2, 8000)) {
      state.textContent = words.saving;
      try {
        // The same request again changes nothing twice, so an answer that got lost does no harm.
        const answer = await fetch(form.action, {
          method: "POST", body, headers: { Accept: "application/json" },
        });
        if (answer.status < 500) {
          const told = await answer.json();
          if (answer.ok) {
            form.elements.base.value = told.version;
            state.textContent = `✓ ${words.saved} ${told.time}`;
          } else {
            state.textContent = words[told.error] ?? words.refused;
          }
          return;
        }
      } catch { /* no network just now */ }
      state.textContent = words.failed;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  };

  const save = async () => {
    if (busy) { more = true; return busy; }
    busy = (async () => {
      do { more = false; await send(); } while (more);
    })();
    await busy;
    busy = null;
  };

  form.addEventListener("change", (event) => {
    touched.add(event.target.name);
    save();
  });
  const given = (field) => {
    if (field.type === "radio") return field.checked === field.defaultChecked;
    if (field.type === "textarea") return field.value === field.defaultValue;
    if (field.type !== "select-one") return true;
    const shown = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex === Math.max(shown, 0);
  };
  const [arrival] = performance.getEntriesByType("navigation");
  // After Back or a reload a browser may have put back by itself what was on the screen.
  if (arrival?.type === "navigate") {
    // On a slow network somebody has answered before this script was here to hear it.
    const early = [...form.elements].filter((field) => !given(field));
    early.forEach((field) => touched.add(field.name));
    if (early.length) save();
  }

  form.addEventListener("submit", async (event) => {
    if (!busy) return;
    event.preventDefault();
    const button = event.submitter;
    await busy;
    form.requestSubmit(button);
  });
}
