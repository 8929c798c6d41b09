// The page works by its anchors alone; this marks all passages of the intent one chooses, and the reverse.
const marks = [...document.querySelectorAll("mark[data-intents]")];
const entries = new Map([...document.querySelectorAll("[data-intent]")].map((one) => [one.dataset.intent, one]));

function choose(number) {
  entries.forEach((entry, key) => entry.classList.toggle("chosen", key === number));
  marks.forEach((mark) => mark.classList.toggle("chosen", mark.dataset.intents.split(" ").includes(number)));
}

const still = matchMedia("(prefers-reduced-motion: reduce)");
const bring = (element) => element.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });

entries.forEach((entry, number) => {
  entry.addEventListener("click", (event) => {
    choose(number);
    const first = marks.find((mark) => mark.dataset.intents.split(" ").includes(number));
    if (!event.target.closest("a") && first) bring(first);
  });
});
marks.forEach((mark) => {
  mark.addEventListener("click", () => {
    const [number] = mark.dataset.intents.split(" ");
    choose(number);
    bring(entries.get(number));
  });
});
document.querySelectorAll("a.ref").forEach((link) => {
  link.addEventListener("click", () => choose(link.hash.replace("#intent-", "")));
});
function follow() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.dataset.intents) choose(target.dataset.intents.split(" ")[0]);
}
addEventListener("hashchange", follow);
follow();
