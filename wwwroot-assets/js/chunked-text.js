// A text of any length for the server. As the value of an event it would be one message, and a message above 32 KB ends
// the session; as a stream it goes over in pieces.
let kept = "";

export function keep(text) {
  kept = text;
}

// Fills in what was kept, once, and takes the focus.
export function open(area) {
  if (!area) return;
  area.value = kept;
  kept = "";
  area.focus();
}

export function read(area) {
  return new TextEncoder().encode(area.value);
}
