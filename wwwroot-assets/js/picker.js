import { keep } from "./chunked-text.js";

const moves = new Set(["ArrowDown", "ArrowUp"]);
const whileOpen = new Set(["Home", "End", "Enter"]);

// The keys that the list takes must not also move the caret, submit or go back. The server hears them all the same.
export function attach(input) {
  // Gone by the time this message arrived.
  if (!input) return;
  input.addEventListener("keydown", event => {
    const open = input.getAttribute("aria-expanded") === "true";
    if (moves.has(event.key) || (open && whileOpen.has(event.key)) || (event.key === "Escape" && (open || input.value))) {
      event.preventDefault();
    }
  });

  followActive(input);

  // A list pasted into the search line belongs into the panel for many.
  const many = input.closest("[data-picker]").querySelector("[data-paste-many]");
  input.addEventListener("paste", event => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (many && /[\n\t;]/.test(text.trim())) {
      event.preventDefault();
      keep(text);
      many.click();
    }
  });
}

// Arrow keys in the tree must not scroll the page; Enter and Escape belong to the tree while it has the focus.
export function attachTree(tree) {
  if (!tree) return;
  tree.focus();
  const taken = new Set(["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End", "Enter", " ", "Escape"]);
  tree.addEventListener("keydown", event => {
    if (taken.has(event.key)) event.preventDefault();
  });
  followActive(tree);
}

// The line that the arrow keys are on stays in sight.
function followActive(owner) {
  new MutationObserver(() => document.getElementById(owner.getAttribute("aria-activedescendant"))?.scrollIntoView({ block: "nearest" }))
    .observe(owner, { attributes: true, attributeFilter: ["aria-activedescendant"] });
}

export function focus(element) {
  element?.focus();
}
