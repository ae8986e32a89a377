// Blazor's script writes the state of the connection as a class on the dialog; this opens and closes it accordingly.
const dialog = document.getElementById("components-reconnect-modal");
const is = state => dialog.classList.contains(`components-reconnect-${state}`);

function follow() {
  if (is("rejected")) {
    // The server no longer knows this session, as after a restart: a fresh page does.
    location.reload();
  } else if (is("show") || is("retrying") || is("failed")) {
    if (!dialog.open) dialog.showModal();
  } else if (dialog.open) {
    dialog.close();
  }
}

async function retry() {
  try {
    if (!await Blazor.reconnect()) location.reload();
  } catch {
    // Still out of reach; the dialog stays.
  }
}

new MutationObserver(follow).observe(dialog, { attributes: true, attributeFilter: ["class"] });
dialog.addEventListener("cancel", event => event.preventDefault());
document.getElementById("reconnect-retry").addEventListener("click", retry);
document.getElementById("reconnect-reload").addEventListener("click", () => location.reload());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && is("failed")) retry();
});
