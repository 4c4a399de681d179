for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  if (body.rows.length < 2) continue;
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const downwards = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", downwards ? "descending" : "ascending");
      const value = row => { const text = row.cells[column].textContent, number = parseFloat(text.replace(/,/g, "")); return Number.isNaN(number) ? text : number; };
      const rows = [...body.rows].sort((a, b) => { const x = value(a), y = value(b); return typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y)); });
      if (downwards) rows.reverse();
      body.append(...rows);
    });
  });
}
