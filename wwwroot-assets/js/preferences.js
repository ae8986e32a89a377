// How this browser likes the portal to look: as data attributes for the style sheets, as cookies for the server's next page.
const root = document.documentElement;

export function get(name) {
  // Those that change no look are not drawn by the server; they stand in their cookie only.
  return root.dataset[name] ?? document.cookie.split("; ").find(cookie => cookie.startsWith(`GroupPortal.${name}=`))?.split("=")[1] ?? "";
}

export function set(name, value) {
  if (value) {
    root.dataset[name] = value;
  } else {
    delete root.dataset[name];
  }

  const age = value ? 365 * 24 * 3600 : 0;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `GroupPortal.${name}=${value}; path=/; max-age=${age}; samesite=lax${secure}`;
}
