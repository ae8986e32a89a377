// Ctrl+K (on a Mac also Command+K) leads to the search from anywhere on the page.
export function focusOnCtrlK(input) {
  document.addEventListener("keydown", event => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k" && input.isConnected) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
}
