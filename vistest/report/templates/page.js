"use strict";
// The page reads without this script; it adds keys, zoom and the way from a step to the video.
const steps = [...document.querySelectorAll(".step")];
const links = new Map(
  [...document.querySelectorAll(".index li a")].map((link) => [link.hash.slice(1), link]),
);
let current = -1;

function mark(step) {
  current = steps.indexOf(step);
  for (const link of links.values()) link.removeAttribute("aria-current");
  const link = links.get(step.id);
  if (!link) return;
  link.setAttribute("aria-current", "true");
  link.scrollIntoView({ block: "nearest" });
}

function go(step) {
  if (!step) return;
  step.focus({ preventScroll: true });
  step.scrollIntoView({ block: "start" });
  mark(step);
}

const dialog = document.querySelector(".zoom");

function zoom(frame) {
  if (!frame) return;
  dialog.replaceChildren(frame.cloneNode(true));
  dialog.showModal();
}

dialog.addEventListener("click", () => dialog.close());
for (const frame of document.querySelectorAll("[data-zoom]")) {
  frame.classList.add("zoomable");
  frame.addEventListener("click", () => zoom(frame));
}

const keys = {
  j: () => go(steps[Math.min(current + 1, steps.length - 1)]),
  k: () => go(steps[Math.max(current - 1, 0)]),
  n: () => {
    const after = steps.slice(current + 1).concat(steps.slice(0, current + 1));
    go(after.find((step) => "remarkable" in step.dataset && !step.matches(".skipped")));
  },
  o: () => {
    const details = steps[current]?.querySelector("details.why");
    if (details) details.open = !details.open;
  },
  z: () => (dialog.open ? dialog.close() : zoom(steps[current]?.querySelector(".frame:has(.marks)"))),
  b: () => document.body.classList.toggle("plain"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input, video")) return;
  if (Object.hasOwn(keys, event.key)) keys[event.key]();
});

for (const button of document.querySelectorAll(".seek")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const video = document.getElementById(button.dataset.video);
    video.closest("details").open = true;
    video.currentTime = Number(button.dataset.at);
    video.scrollIntoView({ block: "center" });
    video.play();
  });
}

window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
const watch = new IntersectionObserver(
  (entries) => {
    const seen = entries.filter((entry) => entry.isIntersecting);
    if (seen.length && document.activeElement === document.body) mark(seen[0].target);
  },
  { rootMargin: "-80px 0px -70% 0px" },
);
for (const step of steps) watch.observe(step);
document.querySelector(".keys").hidden = false;
