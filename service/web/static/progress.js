// Follows the plan's events; the browser resumes by itself after a break, from the last event it saw.
const box = document.getElementById("progress");
const state = document.getElementById("state");
const cards = document.getElementById("cards");
const stages = [...box.querySelectorAll("[data-stage]")];
const source = new EventSource(box.dataset.events);

const on = (kind, act) => source.addEventListener(kind, (event) => act(JSON.parse(event.data)));
const card = (id) => document.getElementById(`card-${id}`);

on("stage", ({ stage }) => {
  const now = stages.findIndex((one) => one.dataset.stage === stage);
  stages.forEach((one, place) => {
    one.classList.toggle("past", place < now);
    one.classList.toggle("now", place === now);
  });
  if (now >= 0) state.textContent = stages[now].textContent;
});
on("card", ({ item_id, kind, title, place }) => {
  document.getElementById("cards-title").hidden = false;
  const line = card(item_id) ?? cards.appendChild(document.createElement("li"));
  line.id = `card-${item_id}`;
  line.textContent = `${title} (${kind === "policy" ? "for leaders" : kind}${place ? `, from ${place}` : ""})`;
});
on("withdrawn", ({ item_id, reason }) => {
  card(item_id)?.classList.add("withdrawn");
  card(item_id)?.append(`: ${reason}`);
});
on("restarted", () => cards.replaceChildren());
const end = () => { source.close(); location.reload(); };
on("done", end);
on("failed", end);
source.onerror = () => { state.textContent = "The connection broke; trying again…"; };
