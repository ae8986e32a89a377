// Enter goes on and Escape goes back, by pressing the wizard's own buttons. Whoever has a use of its own for the key
// (an open list) prevents its default first; buttons, links, texts of several lines and the fields of a rule keep their Enter.
const ownEnter = "button, a, summary, select, [role=tree], textarea:not([data-enter-goes-on]), .bench input";

// An element may be gone by the time a message about it arrives: then there is nothing to do.
export function attach(root) {
  if (!root) return;
  // The page's heading has the focus at first, and it stands outside the wizard.
  const page = root.closest("main") ?? root;
  page.addEventListener("keydown", function listen(event) {
    if (!root.isConnected) return page.removeEventListener("keydown", listen);
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const button = event.key === "Escape" ? "[data-back]" : event.key === "Enter" && !event.target.closest(ownEnter) ? "[data-next]" : null;
    if (button) {
      event.preventDefault();
      root.querySelector(button)?.click();
    }
  });
}

export function focus(element) {
  element?.focus();
}

// The first thing to fix.
export function focusFirstProblem(root) {
  const field = root?.querySelector("[aria-invalid=true]") ?? root?.querySelector("[data-problem]");
  field?.closest("details")?.setAttribute("open", "");
  field?.focus();
}
