// The browser's part of the criteria builder: keys that must not do what browsers do with them, dragging, and focus.
const arrows = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]);

export function attach(root, builder) {
  if (!root) return;
  boxes(root);
  root.addEventListener("keydown", event => {
    // Alt with an arrow is the browser's way back; here it moves the clause. Undo is that of the rule, not of one field.
    const moves = event.altKey && arrows.has(event.key) && event.target.closest("[data-path]");
    const undoes = (event.ctrlKey || event.metaKey) && /^[zy]$/i.test(event.key);
    if (moves || undoes) event.preventDefault();
  });
  drag(root, builder);
}

// Comboboxes anywhere inside: the keys that their list takes must not also move the caret or submit.
export function boxes(root) {
  if (!root) return;
  root.addEventListener("keydown", event => {
    const box = event.target.closest?.("[data-combo] [role=combobox]");
    if (!box || event.altKey || event.ctrlKey || event.metaKey) return;
    const open = box.getAttribute("aria-expanded") === "true";
    if (event.key === "ArrowDown" || event.key === "ArrowUp" || event.key === "Enter" || (event.key === "Escape" && open)) event.preventDefault();
  });
  new MutationObserver(changes => {
    for (const { target } of changes) {
      const active = target.getAttribute("aria-activedescendant");
      if (active) document.getElementById(active)?.scrollIntoView({ block: "nearest" });
    }
  }).observe(root, { attributes: true, subtree: true, attributeFilter: ["aria-activedescendant"] });
}

// The first field of a clause, or what else in it can take the focus.
export function focusClause(root, path) {
  const clause = root?.querySelector(`[data-path="${CSS.escape(path)}"]`) ?? root;
  if (!clause) return;
  const target = clause.querySelector(".clause-value input, .clause-value select") ?? clause.querySelector("[data-focus], [role=combobox], input, select, button");
  const field = isEmpty(target) ? target : clause.querySelector("[data-focus], [role=combobox]") ?? target;
  field?.focus();
  clause.scrollIntoView({ block: "nearest" });
}

// A new condition wants its value; any other clause is best held by its beginning.
function isEmpty(field) {
  return field && "value" in field && field.value === "";
}

function drag(root, builder) {
  let path = null;
  let spot = null;

  root.addEventListener("dragstart", event => {
    const handle = event.target.closest?.("[data-drag]");
    if (!handle) return;
    path = handle.dataset.drag;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", path);
    const part = handle.closest("[data-part]");
    if (part) {
      event.dataTransfer.setDragImage(part, 12, 12);
      part.classList.add("dragged");
    }
  });

  root.addEventListener("dragover", event => {
    if (path === null) return;
    const next = spotOf(event, root);
    if (!next || isInside(next.group, path)) {
      mark(null);
      return;
    }
    event.preventDefault();
    mark(next);
  });

  root.addEventListener("drop", event => {
    if (path === null || !spot) return;
    event.preventDefault();
    builder.invokeMethodAsync("DropAsync", path, spot.group, spot.place);
    end();
  });

  root.addEventListener("dragend", end);

  function end() {
    root.querySelectorAll(".dragged").forEach(part => part.classList.remove("dragged"));
    mark(null);
    path = null;
  }

  function mark(next) {
    spot?.element.classList.remove("drop-before", "drop-after", "drop-into");
    spot = next;
    spot?.element.classList.add(spot.style);
  }
}

// Before or behind the clause under the pointer; in an empty list, or below its last clause, at its end.
function spotOf(event, root) {
  const part = event.target.closest("[data-part]");
  const list = event.target.closest("[data-group]");
  if (part && root.contains(part) && (!list || list.contains(part))) {
    const owner = part.closest("[data-group]");
    const box = part.getBoundingClientRect();
    const after = event.clientY > box.top + box.height / 2;
    return { element: part, group: owner.dataset.group, place: Number(part.dataset.part) + (after ? 1 : 0), style: after ? "drop-after" : "drop-before" };
  }
  const group = event.target.closest(".group")?.querySelector("[data-group]");
  return group && root.contains(group) ? { element: group, group: group.dataset.group, place: group.children.length, style: "drop-into" } : null;
}

function isInside(group, path) {
  return group === path || group.startsWith(path + ".");
}

// A message to the server holds 32 KB, and a letter up to three bytes of UTF-8, escaped even six: longer texts are fetched as a stream.
const messageLength = 4000;

export function attachText(frame, pane) {
  if (!frame) return;
  const text = frame.querySelector("textarea");
  const marks = frame.querySelector("[aria-hidden]");
  text.addEventListener("scroll", () => (marks.scrollTop = text.scrollTop), { passive: true });
  let waiting = 0;
  text.addEventListener("input", event => {
    if (text.value.length <= messageLength) return;
    event.stopPropagation();
    clearTimeout(waiting);
    waiting = setTimeout(() => pane.invokeMethodAsync("LongTypedAsync"), 120);
  });
}

export function readText(frame) {
  return new TextEncoder().encode(frame.querySelector("textarea").value);
}

export function focusById(id) {
  const element = document.getElementById(id);
  element?.focus();
  element?.scrollIntoView({ block: "nearest" });
}
