"use strict";
/* Shows the copy buttons, which are of no use without a script, and lets them copy. */
const said = document.getElementById("said");

/* The clipboard's own interface is only there on https and on this machine. */
async function copied(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(element);
    return document.execCommand("copy");
  }
}

for (const button of document.querySelectorAll("button[data-copies]")) {
  const words = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const element = document.getElementById(button.dataset.copies);
    const done = await copied(element);
    said.textContent = done ? `Copied ${element.textContent}` : "Selected: copy it with the keyboard";
    button.textContent = done ? "Copied" : "Selected";
    setTimeout(() => { button.textContent = words; }, 1500);
  });
}
