// Narrow the list while one types; without it the search button does the same.
const box = document.getElementById("q");
const people = [...document.querySelectorAll("#people > li")];
const nobody = document.getElementById("nobody");

function fold(text) {
  return text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[\s\-_/.,'’]+/g, " ").trim();
}

// A list that the server has narrowed already cannot be widened here.
if (!new URLSearchParams(location.search).get("q")) {
  box.addEventListener("input", () => {
    const words = fold(box.value).split(" ");
    let shown = 0;
    for (const person of people) {
      person.hidden = !words.every((word) => person.dataset.words.includes(word));
      shown += person.hidden ? 0 : 1;
    }
    nobody.hidden = shown > 0;
  });
}
